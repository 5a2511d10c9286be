package dev.knatter.adapter;

import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long this process took to start: until it first answered a probe that it is ready, and until it had answered its first
 * request. On the way of the first request it only takes the time; everything else happens afterwards.
 */
final class ColdStart {
  private static final Logger LOG = LoggerFactory.getLogger(ColdStart.class);
  private static final long NOT_YET = Long.MIN_VALUE;

  private final AtomicLong ready = new AtomicLong(NOT_YET);
  private final AtomicLong answered = new AtomicLong(NOT_YET);

  /** Called when a probe is answered that the process is ready. */
  void ready() {
    take(ready);
  }

  /** Called when a function has been called, whatever it answered. */
  void answered() {
    if (take(answered)) {
      // On another thread, because the answer has not been sent yet.
      Thread.ofVirtual().name("cold-start").start(this::log);
    }
  }

  /** Whether this was the first call. */
  private static boolean take(AtomicLong moment) {
    return moment.get() == NOT_YET && moment.compareAndSet(NOT_YET, System.nanoTime());
  }

  /** A pod may end before Prometheus has asked for its metrics. Its log stays. */
  private void log() {
    double first = answeredSeconds().orElseThrow();
    OptionalDouble untilReady = readySeconds();
    if (untilReady.isPresent()) {
      LOG.info("Ready {} s after the start of the process, the first request answered {} s after it",
          untilReady.getAsDouble(), first);
    } else {
      LOG.info("The first request answered {} s after the start of the process; no probe came before it",
          first);
    }
  }

  /** Empty until a probe was answered that the process is ready. */
  OptionalDouble readySeconds() {
    return secondsUntil(ready.get());
  }

  /** Empty until the first request was answered. */
  OptionalDouble answeredSeconds() {
    return secondsUntil(answered.get());
  }

  private static OptionalDouble secondsUntil(long moment) {
    return moment == NOT_YET
        ? OptionalDouble.empty()
        : OptionalDouble.of(TimeUnit.NANOSECONDS.toMillis(moment - ProcessStart.NANOS) / 1000.0);
  }
}
