package dev.knatter.chat.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.inbox.Outbox.Entry;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageReentry;
import dev.knatter.chat.message.Slices;
import dev.knatter.shared.store.Cassandra;

/**
 * The sweep delivers every message that is still in the outbox. It enters the message in its members' inboxes again, at
 * fresh positions and under the same rule as a send. Readers may have passed the old positions, but nobody has passed
 * the fresh ones. If a reader may have passed the message in its timeline, a marker row at a fresh id refers to it.
 *
 * <p>The sweep visits each bucket several times. The last visit comes when the store's hints have expired, so no row
 * can appear any more. Two sweeps at the same time do no harm, because a message that is entered twice has one id.
 */
public final class Sweep {
  /** How many buckets, ten minutes in all, are looked up and recorded as done at once. */
  private static final int BUCKETS_AT_ONCE = 60;

  private final Clock clock;
  private final MessageReentry messages;
  private final Outbox outbox;
  private final SweepProgress progress;
  private final BiConsumer<UUID, List<UUID>> onDelivery;
  private final SweepMeters meters;

  /**
   * @param onDelivery called with each conversation in which a message turned up, and its members, before the message
   *     is entered: a reader who finds the entry must not get an older cached page
   */
  public Sweep(Cassandra cassandra, Clock clock, Slices slices, Outbox outbox,
      BiConsumer<UUID, List<UUID>> onDelivery, SweepMeters meters) {
    this.clock = clock;
    this.messages = new MessageReentry(cassandra, slices, outbox);
    this.outbox = outbox;
    this.progress = new SweepProgress(cassandra);
    this.onDelivery = onDelivery;
    this.meters = meters;
  }

  /** A run's result. entered: how many messages were entered again; complete: whether every pass is at the present. */
  public record Outcome(int entered, boolean complete) {}

  /** Continues every pass where it stopped, for about as long as allowed. */
  public Outcome run(Duration allowed) {
    return run(allowed, () -> true);
  }

  /** @param isRunning asked before each bucket; false stops the run */
  Outcome run(Duration allowed, BooleanSupplier isRunning) {
    try {
      return sweep(allowed, isRunning);
    } catch (RuntimeException e) {
      meters.failed();
      throw e;
    } finally {
      meters.swept();
    }
  }

  private Outcome sweep(Duration allowed, BooleanSupplier isRunning) {
    long end = System.nanoTime() + allowed.toNanos();
    BooleanSupplier hasTime = () -> System.nanoTime() - end < 0 && isRunning.getAsBoolean();
    int entered = 0;
    boolean complete = true;
    List<SweepPass> passes = List.of(SweepPass.values());
    Map<String, Long> swept = progress.sweptUntil(passes.stream().map(SweepPass::name).toList());
    for (SweepPass pass : passes) {
      long done = Objects.requireNonNull(swept.get(pass.name()));
      long until = Outbox.bucket(clock.millis() - pass.delay().toMillis()) - 1;
      while (done < until && hasTime.getAsBoolean()) {
        List<Long> buckets = LongStream.rangeClosed(done + 1, Math.min(until, done + BUCKETS_AT_ONCE))
          .boxed()
          .toList();
        Map<Long, List<Integer>> partitions = outbox.partitions(buckets);
        for (Long bucket : buckets) {
          if (!hasTime.getAsBoolean()) {
            break;
          }
          entered += sweep(bucket, partitions.getOrDefault(bucket, List.of()), pass);
          done = bucket;
        }
        progress.save(pass.name(), done);
      }
      complete &= done >= until;
    }
    return new Outcome(entered, complete);
  }

  private int sweep(long bucket, List<Integer> partitions, SweepPass pass) {
    int entered = 0;
    for (int partition : partitions) {
      for (Entry entry : outbox.entries(bucket, partition)) {
        Optional<Message> message = messages.find(entry.conversation(), entry.id());
        if (message.isPresent()) {
          onDelivery.accept(entry.conversation(), entry.members());
          messages.enter(message.get(), entry.members());
          entered++;
          meters.entered();
        } else if (!pass.last()) {
          continue; // the message may still appear
        }
        outbox.delete(entry);
      }
    }
    if (pass.last() && !partitions.isEmpty()) {
      outbox.deletePartitions(bucket);
    }
    return entered;
  }
}
