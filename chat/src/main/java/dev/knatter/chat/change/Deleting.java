package dev.knatter.chat.change;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

import dev.knatter.chat.conversation.Audience;
import dev.knatter.chat.message.Message;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.NotFound;

/**
 * Deletes messages. The content and the reactions are gone. A marker stays, which shows that there was a message and who
 * sent it.
 */
public final class Deleting {
  private final Clock clock;
  private final MessageAccess access;
  private final Moderators moderators;
  private final ChangeLog changes;

  Deleting(Clock clock, MessageAccess access, Moderators moderators, ChangeLog changes) {
    this.clock = clock;
    this.access = access;
    this.moderators = moderators;
    this.changes = changes;
  }

  /**
   * Deletes a message, and returns the marker. Deleting it again changes nothing.
   *
   * @throws NotFound  if there is no such message in a conversation of the caller
   * @throws Forbidden if the caller is neither the author nor a moderator
   */
  public Message delete(UUID caller, MessageName name) {
    Audience audience = access.requireForAll(name, caller);
    return changes.change(audience, name, present -> deleted(caller, present));
  }

  private Optional<Message> deleted(UUID caller, Message present) {
    if (!present.sender().equals(caller) && !moderators.mayDelete(present.conversationId(), caller)) {
      throw new Forbidden("Only the author and moderators may delete a message.");
    }
    return present.isDeleted()
        ? Optional.empty()
        : Optional.of(present.deleted(clock.instant().truncatedTo(ChronoUnit.MILLIS)));
  }
}
