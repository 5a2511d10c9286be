package dev.knatter.chat.change;

import java.util.Objects;
import java.util.UUID;

import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/** Names a message of a conversation, as a caller does. */
public record MessageName(UUID conversationId, UUID id) {
  private static final UUID NONE = new UUID(0, 0);

  /** Checks the caller's values and adds errors to {@code checks}. The result may be used only if there are none. */
  public static MessageName check(Checks checks, @Nullable String conversationId, @Nullable String id) {
    checks.require(conversationId != null, "/conversationId", "is required");
    checks.require(id != null, "/id", "is required");
    return new MessageName(
        Objects.requireNonNullElse(checks.uuid(conversationId, "/conversationId"), NONE),
        Objects.requireNonNullElse(checks.uuid(id, "/id"), NONE));
  }
}
