package dev.knatter.chat.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import dev.knatter.shared.store.Lease;
import dev.knatter.shared.store.Redis;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SweepProgress in a process that writes to the outbox, beside its requests: after the first message that it stores, and then
 * at most once a minute, as long as it stores more. So what another process left is entered while people write, and
 * nobody has to be woken for it; when nobody writes, the ping of the outbox function finds it.
 *
 * <p>Of all processes one sweeps at a time, by a lease. Where Redis does not answer, each waits a random time instead:
 * whoever comes later finds the watermark moved on, and reads no bucket.
 */
public final class BackgroundSweep implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(2);
  private static final Logger log = LoggerFactory.getLogger(BackgroundSweep.class);

  private final Supplier<Sweep> sweep;
  private final Redis redis;
  private final RandomGenerator random;
  private final Timing timing;
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile long dueNanos = System.nanoTime();
  private volatile @Nullable Thread thread;

  /**
   * When it sweeps, and for how long.
   *
   * @param delay         after the message: the first requests of a young process need its processor
   * @param delayWithout  as much more, at most, without Redis
   * @param every         how long a process waits between two
   * @param lease         shorter than that, so that the same process can have it again
   * @param allowed       one sweep
   */
  record Timing(Duration delay, Duration delayWithout, Duration every, Duration lease, Duration allowed) {
    private static final Timing USUAL = new Timing(Duration.ofSeconds(1), Duration.ofSeconds(10),
        Duration.ofMinutes(1), Duration.ofSeconds(50), Duration.ofSeconds(5));
  }

  /** @param sweep made when it is first needed, which is not before the first answer */
  public BackgroundSweep(Supplier<Sweep> sweep, Redis redis, RandomGenerator random) {
    this(sweep, redis, random, Timing.USUAL);
  }

  BackgroundSweep(Supplier<Sweep> sweep, Redis redis, RandomGenerator random, Timing timing) {
    this.sweep = sweep;
    this.redis = redis;
    this.random = random;
    this.timing = timing;
  }

  /** Says that a message was stored. Returns at once, and never fails. */
  public void stored() {
    long now = System.nanoTime();
    if (isRunning() && now - dueNanos >= 0 && sweeping.compareAndSet(false, true)) {
      dueNanos = now + timing.every().toNanos();
      thread = Thread.ofVirtual().name("sweep").start(this::run);
    }
  }

  private void run() {
    try {
      if (isStoppedWithin(timing.delay())) {
        return;
      }
      Optional<Boolean> ours = new Lease(redis, "sweep").take(timing.lease());
      if (ours.isEmpty()
          && isStoppedWithin(Duration.ofMillis(random.nextLong(timing.delayWithout().toMillis() + 1)))) {
        return;
      }
      if (ours.orElse(true)) {
        int entered = sweep.get().run(timing.allowed(), this::isRunning).entered();
        if (entered > 0) {
          log.info("Entered {} messages anew.", entered);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.info("A sweep ended early, and the next goes on: {}", e.toString());
    } finally {
      sweeping.set(false);
    }
  }

  private boolean isRunning() {
    return stopped.getCount() > 0;
  }

  private boolean isStoppedWithin(Duration time) throws InterruptedException {
    return stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Ends a sweep after the bucket that it is at; where that takes longer than a moment, the store's end ends it. */
  @Override
  public void close() {
    stopped.countDown();
    Thread last = thread;
    if (last == null) {
      return;
    }
    try {
      boolean _ = last.join(STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
