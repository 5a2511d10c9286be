package dev.knatter.adapter;

import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long this process took to begin: until a probe was first told that it is ready, and until it had answered its first
 * request. While that happens nothing is done but to take the time; what it means is worked out when it is asked for.
 */
final class ColdStart {
  private static final Logger LOG = LoggerFactory.getLogger(ColdStart.class);
  private static final long NOT_YET = Long.MIN_VALUE;

  private final AtomicLong ready = new AtomicLong(NOT_YET);
  private final AtomicLong answered = new AtomicLong(NOT_YET);

  /** A probe is told so. */
  void ready() {
    take(ready);
  }

  /** A function has been asked, whatever came of it. */
  void answered() {
    if (take(answered)) {
      // Elsewhere, because the answer has not left yet.
      Thread.ofVirtual().name("cold-start").start(this::tell);
    }
  }

  /** Whether this was the first time. From the second on it costs one read. */
  private static boolean take(AtomicLong moment) {
    return moment.get() == NOT_YET && moment.compareAndSet(NOT_YET, System.nanoTime());
  }

  /** A pod may be gone before anybody comes to collect its metrics; its log stays. */
  private void tell() {
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

  /** Empty until a probe was told so. */
  OptionalDouble readySeconds() {
    return secondsUntil(ready.get());
  }

  /** Empty until there was one. */
  OptionalDouble answeredSeconds() {
    return secondsUntil(answered.get());
  }

  private static OptionalDouble secondsUntil(long moment) {
    return moment == NOT_YET
        ? OptionalDouble.empty()
        : OptionalDouble.of(TimeUnit.NANOSECONDS.toMillis(moment - ProcessStart.NANOS) / 1000.0);
  }
}
