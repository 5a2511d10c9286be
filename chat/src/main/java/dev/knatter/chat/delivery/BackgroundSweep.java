package dev.knatter.chat.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import dev.knatter.shared.store.Lease;
import dev.knatter.shared.store.Redis;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the sweeps in a process that writes to the outbox, beside its requests: after the first message that
 * the process stores, and then at most once a minute while it stores more. So while people write, messages that
 * another process left are delivered and no extra process has to start. While nobody writes, the ping of the outbox
 * function runs the sweep.
 *
 * <p>A lease in Redis makes sure that one process sweeps at a time. If Redis does not answer, each process waits a
 * random time; a later one then finds that the watermark has moved and reads no bucket.
 */
public final class BackgroundSweep implements AutoCloseable {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);
  private static final Logger log = LoggerFactory.getLogger(BackgroundSweep.class);

  private final Supplier<Work> work;
  private final Redis redis;
  private final RandomGenerator random;
  private final Timing timing;
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile long dueNanos = System.nanoTime();
  private volatile @Nullable Thread thread;

  /**
   * When a process sweeps, and for how long.
   *
   * @param delay             after the message, because a young process needs its processor for its first requests
   * @param delayWithoutRedis the longest additional delay if Redis does not answer
   * @param interval          between two sweeps of a process
   * @param lease             shorter than the interval, so that the same process can take it again
   * @param maxDuration       of one sweep
   */
  record Timing(Duration delay, Duration delayWithoutRedis, Duration interval, Duration lease,
      Duration maxDuration) {
    private static final Timing DEFAULT = new Timing(Duration.ofSeconds(1), Duration.ofSeconds(10),
        Duration.ofMinutes(1), Duration.ofSeconds(50), Duration.ofSeconds(5));
  }

  /** What is run. */
  @FunctionalInterface
  public interface Work {
    /**
     * Sweeps for about as long as allowed.
     *
     * @param isRunning false when the process stops
     */
    void run(Duration allowed, BooleanSupplier isRunning);
  }

  /** @param work is created when it is first needed, which is after the first answer */
  public BackgroundSweep(Supplier<Work> work, Redis redis, RandomGenerator random) {
    this(work, redis, random, Timing.DEFAULT);
  }

  BackgroundSweep(Supplier<Work> work, Redis redis, RandomGenerator random, Timing timing) {
    this.work = work;
    this.redis = redis;
    this.random = random;
    this.timing = timing;
  }

  /** Reports that a message was stored. Returns at once and never fails. */
  public void stored() {
    long now = System.nanoTime();
    if (isRunning() && now - dueNanos >= 0 && sweeping.compareAndSet(false, true)) {
      dueNanos = now + timing.interval().toNanos();
      thread = Thread.ofVirtual().name("sweep").start(this::run);
    }
  }

  private void run() {
    try {
      if (isStoppedWithin(timing.delay())) {
        return;
      }
      Optional<Boolean> leaseTaken = new Lease(redis, "sweep").take(timing.lease());
      if (leaseTaken.isEmpty()
          && isStoppedWithin(Duration.ofMillis(random.nextLong(timing.delayWithoutRedis().toMillis() + 1)))) {
        return;
      }
      if (leaseTaken.orElse(true)) {
        work.get().run(timing.maxDuration(), this::isRunning);
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

  /** Stops a running sweep after its current bucket. After two seconds, the closing stores end it. */
  @Override
  public void close() {
    stopped.countDown();
    Thread last = thread;
    if (last == null) {
      return;
    }
    try {
      boolean _ = last.join(STOP_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
