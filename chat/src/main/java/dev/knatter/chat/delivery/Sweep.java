package dev.knatter.chat.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.inbox.Outbox.Entry;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageReentry;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.pending.PendingSweep;
import dev.knatter.chat.pending.PendingSweep.Outcome;
import dev.knatter.shared.store.Cassandra;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sweep delivers every message that is still in the outbox. It enters the message in its members' inboxes again, at
 * fresh positions and under the same rule as a send. Readers may have passed the old positions, but nobody has passed
 * the fresh ones. If a reader may have passed the message in its timeline, a marker row at a fresh id refers to it. Two
 * sweeps at the same time do no harm, because a message that is entered twice has one id.
 */
public final class Sweep {
  /** The version of the schema that brought the outbox. */
  private static final int SCHEMA = 1;
  private static final Logger log = LoggerFactory.getLogger(Sweep.class);

  private final MessageReentry messages;
  private final Outbox outbox;
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
    this.outbox = outbox;
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
      Optional<Message> message = messages.find(entry.conversation(), entry.id());
      if (message.isPresent()) {
        onDelivery.accept(entry.conversation(), entry.members());
        messages.enter(message.get(), entry.members());
        entered++;
        meters.entered();
      } else if (!isLast) {
        continue; // the message may still appear
      }
      outbox.delete(entry);
    }
    return OptionalInt.of(entered);
  }
}
