package dev.knatter.chat.change;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import dev.knatter.chat.conversation.Audience;
import dev.knatter.chat.message.Message;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.NotFound;

/** Edits messages. Only the author of a message may edit it, and the earlier text is gone. */
public final class Editing {
  private final Clock clock;
  private final MessageAccess access;
  private final ChangeLog changes;

  Editing(Clock clock, MessageAccess access, ChangeLog changes) {
    this.clock = clock;
    this.access = access;
    this.changes = changes;
  }

  /**
   * Edits a message, and returns it.
   *
   * @param invalidated whether cached data about the caller may be out of date
   * @throws NotFound  if there is no such message in a conversation of the caller, or if it was deleted
   * @throws Forbidden if the caller is not the author, or if the other member of a direct conversation has blocked the
   *     caller
   */
  public Message edit(UUID caller, EditCommand command, boolean invalidated) {
    Audience audience = access.requireForAll(command.message(), caller);
    access.requireNotBlocked(caller, audience, invalidated);
    return changes.change(audience, command.message(), present -> edited(caller, command, present));
  }

  private Optional<Message> edited(UUID caller, EditCommand command, Message present) {
    if (!present.sender().equals(caller)) {
      throw new Forbidden("Only the author may edit a message.");
    }
    if (present.isDeleted()) {
      throw new NotFound("The message was deleted.");
    }
    String contentType = Objects.requireNonNullElse(command.contentType(), present.contentType());
    String keyId = command.keyId() == null ? present.keyId() : command.keyId();
    boolean same = command.content().equals(present.content()) && contentType.equals(present.contentType())
        && Objects.equals(keyId, present.keyId());
    return same
        ? Optional.empty()
        : Optional.of(present.edited(command.content(), contentType, keyId,
            clock.instant().truncatedTo(ChronoUnit.MILLIS)));
  }
}
