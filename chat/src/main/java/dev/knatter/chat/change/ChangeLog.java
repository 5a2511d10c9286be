package dev.knatter.chat.change;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

import dev.knatter.chat.conversation.Audience;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.inbox.Change;
import dev.knatter.chat.inbox.ChangeKind;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.message.FanOut;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageEvents;
import dev.knatter.chat.message.MessageReentry;
import dev.knatter.chat.message.TimeToLive;
import dev.knatter.chat.message.TimelineChanges;
import dev.knatter.chat.message.TimelineChanges.Stored;
import dev.knatter.chat.pending.Intent;
import dev.knatter.chat.publication.Publication;
import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.RetryPause;

/**
 * Changes stored messages. A change has three steps: the intent, an outbox row; the lightweight transaction on the
 * message; and the batch that enters the message in its members' inboxes again. If the process stops after the
 * transaction, the sweep finds the intent and takes the last step. A change that is repeated only takes the last step,
 * because its first attempt may have ended before.
 */
final class ChangeLog {
  private static final int ATTEMPTS = 10;

  private final Memberships memberships;
  private final TimelineChanges timeline;
  private final Outbox outbox;
  private final MessageReentry reentry;
  private final FanOut fanOut;
  private final Publications publications;
  private final BiConsumer<UUID, List<UUID>> onChange;

  /**
   * @param onChange called with a conversation and the members who wait for the change: nobody before the message is
   *     entered in the inboxes, and all of them afterwards
   */
  ChangeLog(Memberships memberships, TimelineChanges timeline, Outbox outbox,
      MessageReentry reentry, FanOut fanOut, Publications publications,
      BiConsumer<UUID, List<UUID>> onChange) {
    this.memberships = memberships;
    this.timeline = timeline;
    this.outbox = outbox;
    this.reentry = reentry;
    this.fanOut = fanOut;
    this.publications = publications;
    this.onChange = onChange;
  }

  /** The stored message. */
  Stored find(MessageName name) {
    return timeline.find(name.conversationId(), name.id()).orElseThrow(ChangeLog::unknown);
  }

  static NotFound unknown() {
    return new NotFound("There is no such message.");
  }

  /**
   * Changes a message, and returns the state that the change has made, or has found.
   *
   * @throws NotFound    if there is no such message
   * @throws Unavailable if others keep changing the message, or if the outcome is not known; the caller may send the same
   *     command again
   */
  Message change(Audience audience, MessageName name, NextState command) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Stored stored = find(name);
      Optional<Message> next = command.of(stored.message());
      if (next.isEmpty()) {
        return unchanged(audience, stored);
      }
      if (change(audience, stored, next.get())) {
        return next.get();
      }
      RetryPause.after(attempt);
    }
    throw new Unavailable("Others are changing this message.");
  }

  private Message unchanged(Audience audience, Stored stored) {
    Message message = stored.message();
    if (message.version() > Message.FIRST_VERSION) {
      Audience present = enter(audience, message, stored.timeToLive());
      if (present.isLarge()) {
        try (Intent intent = outbox.announce(present.id(), present.outboxMembers(), message.id(),
            change(message),
            stored.timeToLive().ofReferences(), List.of())) {
          fanOut.start(message, change(message), present, intent.handOver());
        }
      }
    }
    return message;
  }

  /** Returns false if somebody else has changed the message meanwhile. */
  private boolean change(Audience audience, Stored stored, Message next) {
    try (Publication publication = publications.open(MessageEvents.changed(next));
        Intent intent = outbox.announce(audience.id(), audience.outboxMembers(), next.id(), change(next),
            stored.timeToLive().ofReferences(), publication.rows())) {
      if (!timeline.apply(stored, next)) {
        publication.calledOff();
        intent.settle();
        return false;
      }
      Audience present;
      try {
        present = enter(audience, next, stored.timeToLive());
      } finally {
        // Only then, so that whoever reads after they were told finds it. It has happened also where its entry failed.
        publication.happened(MessageEvents.data(next), next);
      }
      if (present.isLarge()) {
        fanOut.start(next, change(next), present, intent.handOver());
      } else {
        intent.settle();
      }
      return true;
    }
  }

  /** Enters a changed message for those whom one commit reaches. Returns who the members are. */
  private Audience enter(Audience known, Message message, TimeToLive timeToLive) {
    timeline.deleteLeftovers(message);
    onChange.accept(known.id(), List.of()); // a reader who finds the new entry must not get an older page
    Audience present = memberships.present(known);
    reentry.enterChanged(message, present, kind(message), timeToLive);
    onChange.accept(present.id(), present.conversation().members());
    return present;
  }

  private static Change change(Message message) {
    return new Change(kind(message), message.version());
  }

  private static ChangeKind kind(Message message) {
    return message.isDeleted() ? ChangeKind.DELETED : ChangeKind.EDITED;
  }
}
