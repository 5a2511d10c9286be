package dev.knatter.chat.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.chat.conversation.Audience;
import dev.knatter.chat.inbox.Change;
import dev.knatter.chat.inbox.ChangeKind;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.inbox.WriteAttempt;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageEvents;
import dev.knatter.chat.message.MessageReentry;
import dev.knatter.chat.message.TimelineChanges;
import dev.knatter.chat.message.TimelineChanges.Stored;
import dev.knatter.chat.publication.Publication;
import dev.knatter.chat.publication.Publications;
import dev.knatter.chat.reaction.MessageReactions;
import dev.knatter.chat.reaction.Reaction;
import dev.knatter.chat.reaction.Reactions;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.DomainError.NotFound;

/**
 * Stores reactions to messages. One batch writes the reaction and enters the message again: in the inboxes of all members
 * of a small conversation, and in a large one only in the inbox of the user who reacts, so that an erasure of this user
 * finds the reaction. The limits are checked before the batch, so reactions at the same moment may exceed them by a few.
 */
public final class Reacting {
  /** How many kinds of reactions a message may have. */
  static final int MAX_KINDS = 20;
  /** How many reactions of one user a message may have. So even in the largest group its partition stays small. */
  static final int MAX_OF_USER = 5;
  /**
   * How many with those that the user has taken back, whose rows stay for a day. Otherwise one user could fill what is read of the
   * message with such rows.
   */
  static final int MAX_ROWS_OF_USER = 10;

  private final MessageAccess access;
  private final TimelineChanges timeline;
  private final Reactions reactions;
  private final Outbox outbox;
  private final MessageReentry reentry;
  private final Publications publications;
  private final BiConsumer<UUID, List<UUID>> onChange;

  Reacting(MessageAccess access, TimelineChanges timeline, Reactions reactions, Outbox outbox,
      MessageReentry reentry, Publications publications, BiConsumer<UUID, List<UUID>> onChange) {
    this.access = access;
    this.timeline = timeline;
    this.reactions = reactions;
    this.outbox = outbox;
    this.reentry = reentry;
    this.publications = publications;
    this.onChange = onChange;
  }

  /**
   * Stores a reaction of the caller, or that it was taken back.
   *
   * @param invalidated whether cached data about the caller may be out of date
   * @throws NotFound       if there is no such message in a conversation of the caller, or if it was deleted
   * @throws Forbidden      if the other member of a direct conversation has blocked the caller
   * @throws InvalidRequest if the message has too many kinds of reactions, or too many of the caller
   */
  public void react(UUID caller, ReactCommand command, boolean invalidated) {
    Audience audience = access.require(command.message(), caller);
    if (!command.remove()) {
      access.requireNotBlocked(caller, audience, invalidated);
    }
    Stored stored = find(command.message());
    MessageReactions present = reactions.of(audience.id(), command.message().id(), caller);
    Reaction before = present.find(caller, command.emoji())
      .orElse(new Reaction(caller, command.emoji().text(), false, 0));
    boolean isNew = !before.present();
    if (command.remove() && before.timestamp() == 0) {
      return; // there is nothing to take back
    }
    if (!command.remove() && isNew) {
      requireRoom(caller, command, before, present);
    }
    // If it is not new, an earlier attempt has stored it, which may have ended before its inbox rows were visible.
    write(audience, stored, before, !command.remove());
    onChange.accept(audience.id(), audience.conversation().members());
  }

  private Stored find(MessageName name) {
    Stored stored = timeline.find(name.conversationId(), name.id()).orElseThrow(ChangeLog::unknown);
    if (stored.message().isDeleted()) {
      throw new NotFound("The message was deleted.");
    }
    return stored;
  }

  private static void requireRoom(UUID caller, ReactCommand command, Reaction before,
      MessageReactions present) {
    if (present.countOf(caller) >= MAX_OF_USER) {
      throw new InvalidRequest("/emoji",
          "is one more than the " + MAX_OF_USER + " reactions that you may have");
    }
    if (before.timestamp() == 0 && present.rowsOf(caller) >= MAX_ROWS_OF_USER) {
      throw new InvalidRequest("/emoji",
          "is one more than the " + MAX_ROWS_OF_USER + " that you may try out on a message in a day");
    }
    if (present.kinds().size() >= MAX_KINDS && !present.kinds().contains(command.emoji().text())) {
      throw new InvalidRequest("/emoji", "is one more than the " + MAX_KINDS + " that a message may have");
    }
  }

  private void write(Audience audience, Stored stored, Reaction before, boolean present) {
    Message message = stored.message();
    UUID conversation = message.conversationId();
    try (Publication publication = publications.open(MessageEvents.reacted(message));
        WriteAttempt attempt = outbox.open()) {
      List<BatchableStatement<?>> rows = new ArrayList<>(inboxRows(attempt, audience, stored));
      rows.addAll(publication.rows());
      rows.add(reactions.put(conversation, message.id(), before, present, stored.timeToLive().seconds()));
      if (!message.reacted()) {
        rows.add(timeline.markReacted(stored));
      }
      outbox.commit(attempt, rows);
      attempt.keepRow(); // if this process stops here, the sweep does what follows
      deleteIfTooLate(message);
      publication.happened(Map.of(), message.withReactions());
      List<UUID> joined = access.joinedSince(audience);
      if (!joined.isEmpty()) {
        reentry.enterFor(joined, message, ChangeKind.REACTED);
      }
      if (!audience.isOutdated()) {
        attempt.releaseRow();
      }
    }
  }

  private List<BatchableStatement<?>> inboxRows(WriteAttempt attempt, Audience audience, Stored stored) {
    Message message = stored.message();
    int ttl = stored.timeToLive().ofReferences();
    Change change = new Change(ChangeKind.REACTED, message.version());
    return audience.isLarge()
        ? outbox.rows(attempt, audience.id(), audience.conversation().members(), message.id(), ttl, change)
        : outbox.rows(attempt, audience, message.id(), ttl, change);
  }

  /** If the message was deleted meanwhile, its deletion may not have seen this reaction. */
  private void deleteIfTooLate(Message message) {
    boolean deleted = timeline.find(message.conversationId(), message.id())
      .filter(stored -> !stored.message().isDeleted())
      .isEmpty();
    if (deleted) {
      reactions.deleteAll(message.conversationId(), List.of(message.id()));
    }
  }
}
