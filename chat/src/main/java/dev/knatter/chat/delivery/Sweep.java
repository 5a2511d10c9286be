package dev.knatter.chat.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

import dev.knatter.chat.conversation.Audience;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Members;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.inbox.Change;
import dev.knatter.chat.inbox.ChangeKind;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.inbox.Outbox.Entry;
import dev.knatter.chat.message.Deletions;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageReentry;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.pending.PendingSweep;
import dev.knatter.chat.pending.PendingSweep.Outcome;
import dev.knatter.chat.reaction.Reactions;
import dev.knatter.shared.Chunks;
import dev.knatter.shared.store.Cassandra;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sweep delivers every message that is still in the outbox. It enters the message in its members' inboxes again, at
 * fresh positions and under the same rule as a send. Readers may have passed the old positions, but nobody has passed
 * the fresh ones. If a reader may have passed the message in its timeline, a marker row at a fresh id refers to it. Two
 * sweeps at the same time do no harm, because a message that is entered twice has one id. Changes of messages are
 * delivered in the same way, if they were made.
 */
public final class Sweep {
  /** The version of the schema that brought the outbox. */
  private static final int SCHEMA = 1;
  private static final Logger log = LoggerFactory.getLogger(Sweep.class);

  private final MessageReentry messages;
  private final Deletions deletions;
  private final Outbox outbox;
  private final Memberships memberships;
  private final PendingSweep pending;
  private final BiConsumer<UUID, List<UUID>> onDelivery;
  private final SweepMeters meters;

  /**
   * @param onDelivery called with each conversation in which a message turned up, and its members, before the message
   *     is entered: a reader who finds the entry must not get an older cached page
   */
  public Sweep(Cassandra cassandra, Clock clock, Slices slices, Outbox outbox,
      BiConsumer<UUID, List<UUID>> onDelivery, SweepMeters meters) {
    this.messages = new MessageReentry(cassandra, slices, outbox);
    this.deletions = new Deletions(cassandra, slices, new Reactions(cassandra, clock));
    this.outbox = outbox;
    this.memberships = new Memberships(cassandra);
    this.pending = new PendingSweep(cassandra, clock, outbox.table(), "", SCHEMA);
    this.onDelivery = onDelivery;
    this.meters = meters;
  }

  /** Continues every pass where it stopped, for about as long as allowed. */
  public Outcome run(Duration allowed) {
    return run(allowed, () -> true);
  }

  /** @param isRunning asked before each bucket; false stops the run */
  public Outcome run(Duration allowed, BooleanSupplier isRunning) {
    try {
      Outcome outcome = pending.run(allowed, isRunning, this::enter);
      if (outcome.finished() > 0) {
        log.info("Entered {} messages anew.", outcome.finished());
      }
      return outcome;
    } catch (RuntimeException e) {
      meters.failed();
      throw e;
    } finally {
      meters.swept();
    }
  }

  private OptionalInt enter(long bucket, int lane, boolean isLast) {
    int entered = 0;
    for (Entry entry : outbox.entries(bucket, lane)) {
      Change change = entry.change();
      if (change == null ? enterMessage(entry) : enterChange(entry, change)) {
        entered++;
        meters.entered();
      } else if (!isLast) {
        continue; // the message may still appear, and the change may still be made
      }
      outbox.delete(entry);
    }
    return OptionalInt.of(entered);
  }

  private boolean enterMessage(Entry entry) {
    Optional<Message> message = messages.find(entry.conversation(), entry.id());
    message.ifPresent(found -> enter(entry, found, null));
    return message.isPresent();
  }

  /** The row may be an intent whose process has stopped before it made the change, or before it entered the message. */
  private boolean enterChange(Entry entry, Change change) {
    Optional<Message> message = messages.findDecided(entry.conversation(), entry.id())
      .filter(found -> found.version() >= change.version());
    message.ifPresent(found -> {
      deletions.deleteLeftovers(found);
      enter(entry, found, change.kind());
    });
    return message.isPresent();
  }

  /** Enters a message for the members of this moment, who may be others than when the row was written. */
  private void enter(Entry entry, Message message, @Nullable ChangeKind kind) {
    UUID id = entry.conversation();
    if (!Conversation.isGroup(id)) {
      onDelivery.accept(id, entry.members());
      enter(message, Audience.of(new Conversation(id, Conversation.DIRECT, entry.members())), kind);
      return;
    }
    Members present = kind == null ? memberships.members(id) : memberships.presentMembers(id);
    List<UUID> users = new ArrayList<>(present.users());
    if (!entry.members().isEmpty()) {
      users.retainAll(Set.copyOf(entry.members()));
    }
    boolean isFirst = entry.members().isEmpty(); // readers of the timeline may not know the message yet
    for (List<UUID> chunk : Chunks.of(users, Conversation.MAX_MEMBERS)) {
      onDelivery.accept(id, chunk);
      if (isFirst) {
        enter(message, new Audience(new Conversation(id, Conversation.GROUP, chunk), users.size(),
            present.readNanos()), kind);
      } else {
        messages.enterFor(chunk, message, kind);
      }
      isFirst = false;
    }
  }

  private void enter(Message message, Audience audience, @Nullable ChangeKind kind) {
    if (kind == null) {
      messages.enter(message, audience);
    } else {
      messages.enterChanged(message, audience, kind);
    }
  }
}
