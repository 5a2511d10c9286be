package dev.knatter.adapter;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns once a minute of requests whose caller's address is unknown, because no limit by address counts them. */
final class UnknownCallers {
  private static final Logger LOG = LoggerFactory.getLogger(UnknownCallers.class);
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanos;
  private final AtomicLong due;
  private final LongAdder requests = new LongAdder();

  UnknownCallers(LongSupplier nanos) {
    this.nanos = nanos;
    this.due = new AtomicLong(nanos.getAsLong());
  }

  /**
   * Counts a request, and warns if the last warning is a minute old. The log names no address: in a wide trusted range,
   * it may be that of a person.
   *
   * @param why why the address is unknown
   */
  void note(String why) {
    requests.increment();
    long now = nanos.getAsLong();
    long then = due.get();
    if (now - then >= 0 && due.compareAndSet(then, now + MINUTE)) {
      LOG.warn(
          "Requests that no limit by address has counted: {}. Trusted proxies do not tell where they come from: {}."
              + " Check what your proxies write, and whether KNATTER_TRUSTED_PROXIES names proxies alone.",
          requests.sumThenReset(), why);
    }
  }
}
