package dev.knatter.chat.reading;

import java.util.Objects;
import java.util.UUID;

import dev.knatter.shared.Checks;
import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/** The checked input of a read mark. upTo: the id of the last message that was read. */
public record ReadCommand(UUID conversation, UUID upTo) {
  private static final UUID NONE = Uuid7.floor(0);

  /**
   * Checks the caller's values and adds errors to {@code checks}. The result may be used only if there are
   * none.
   */
  public static ReadCommand check(Checks checks, @Nullable String conversationId, @Nullable String upTo) {
    checks.require(conversationId != null, "/conversationId", "is required");
    checks.require(upTo != null, "/upTo", "is required");
    UUID last = checks.uuid(upTo, "/upTo");
    checks.require(last == null || Uuid7.isOne(last), "/upTo", "must be the id of a message");
    return new ReadCommand(
        Objects.requireNonNullElse(checks.uuid(conversationId, "/conversationId"), NONE),
        Objects.requireNonNullElse(last, NONE));
  }
}
