package dev.knatter.chat.delivery;

import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageReentry;
import dev.knatter.chat.message.Slices;
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
import dev.knatter.shared.store.Cassandra;

/**
 * Finishes what a writer left: every message still in the outbox is entered in its members' inboxes again, at fresh
 * positions, under the same rule as the first time. Readers may have passed the old positions; nobody has passed the
 * fresh ones. A marker at a fresh id sends those back who have passed the message in its timeline.
 *
 * <p>Each bucket is visited several times, the last time when no hint of the store's can bring a row any more; what
 * has no message by then never will. Two sweeps at once do no harm: a message entered twice has one id.
 */
public final class Sweep {
  /** So many buckets, ten minutes of them, are looked for lanes at once, and noted as done. */
  private static final int AT_ONCE = 60;

  private final Clock clock;
  private final MessageReentry messages;
  private final Outbox outbox;
  private final SweepProgress progress;
  private final BiConsumer<UUID, List<UUID>> landed;
  private final SweepMeters meters;

  /**
   * @param landed is told of each conversation in which a message turned up, with its members, before that is entered:
   *               whoever finds the entry must not then be given a page that was cached when the message was not there
   */
  public Sweep(Cassandra cassandra, Clock clock, Slices slices, Outbox outbox,
      BiConsumer<UUID, List<UUID>> landed, SweepMeters meters) {
    this.clock = clock;
    this.messages = new MessageReentry(cassandra, slices, outbox);
    this.outbox = outbox;
    this.progress = new SweepProgress(cassandra);
    this.landed = landed;
    this.meters = meters;
  }

  /** How many messages were entered anew, and whether every pass has reached the present. */
  public record Outcome(int entered, boolean complete) {}

  /** Goes on with every pass where it stands, for about as long as allowed. */
  public Outcome run(Duration allowed) {
    return run(allowed, () -> true);
  }

  /** @param goOn asked before each bucket: whether this process goes on */
  Outcome run(Duration allowed, BooleanSupplier goOn) {
    try {
      return sweep(allowed, goOn);
    } catch (RuntimeException e) {
      meters.failed();
      throw e;
    } finally {
      meters.swept();
    }
  }

  private Outcome sweep(Duration allowed, BooleanSupplier goOn) {
    long end = System.nanoTime() + allowed.toNanos();
    BooleanSupplier inTime = () -> System.nanoTime() - end < 0 && goOn.getAsBoolean();
    int entered = 0;
    boolean complete = true;
    List<SweepPass> passes = List.of(SweepPass.values());
    Map<String, Long> swept = progress.sweptUntil(passes.stream().map(SweepPass::name).toList());
    for (SweepPass pass : passes) {
      long done = Objects.requireNonNull(swept.get(pass.name()));
      long until = Outbox.bucket(clock.millis() - pass.behind().toMillis()) - 1;
      while (done < until && inTime.getAsBoolean()) {
        List<Long> buckets = LongStream.rangeClosed(done + 1, Math.min(until, done + AT_ONCE))
          .boxed()
          .toList();
        Map<Long, List<Integer>> lanes = outbox.lanes(buckets);
        for (Long bucket : buckets) {
          if (!inTime.getAsBoolean()) {
            break;
          }
          entered += sweep(bucket, lanes.getOrDefault(bucket, List.of()), pass);
          done = bucket;
        }
        progress.save(pass.name(), done);
      }
      complete &= done >= until;
    }
    return new Outcome(entered, complete);
  }

  private int sweep(long bucket, List<Integer> lanes, SweepPass pass) {
    int entered = 0;
    for (int lane : lanes) {
      for (Entry entry : outbox.entries(bucket, lane)) {
        Optional<Message> message = messages.find(entry.conversation(), entry.id());
        if (message.isPresent()) {
          landed.accept(entry.conversation(), entry.members());
          messages.enter(message.get(), entry.members());
          entered++;
          meters.entered();
        } else if (!pass.last()) {
          continue; // its message may still land
        }
        outbox.delete(entry);
      }
    }
    if (pass.last() && !lanes.isEmpty()) {
      outbox.forgetLanes(bucket);
    }
    return entered;
  }
}
