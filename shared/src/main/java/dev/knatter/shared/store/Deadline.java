package dev.knatter.shared.store;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * The time by which a request must be answered. It is bound while the request runs, and every store call of the request
 * ends by then. Without it, several slow calls could together take much longer than one.
 */
public final class Deadline {
  /** Less than three seconds, within which a caller must get an answer even if a store is away. */
  public static final Duration REQUEST = Duration.ofMillis(2_500);

  private static final ScopedValue<Long> AT = ScopedValue.newInstance();
  private static final Duration UNBOUND = Duration.ofSeconds(2);

  private Deadline() {}

  /** Runs the call. All its store calls end after {@code limit} at the latest. */
  public static <T> T within(Duration limit, Callable<T> call) throws Exception {
    return ScopedValue.where(AT, System.nanoTime() + limit.toNanos()).call(call::call);
  }

  /** Runs the call with the time of a whole new request, for requests that have waited for an event before. */
  public static <T> T renewed(Supplier<T> call) {
    return ScopedValue.where(AT, System.nanoTime() + REQUEST.toNanos()).call(call::get);
  }

  /** Returns the time that is left, at least a millisecond, so that a call without time left fails as a timeout. */
  public static Duration remaining() {
    if (!AT.isBound()) {
      return UNBOUND;
    }
    return Duration.ofNanos(Math.max(1_000_000, AT.get() - System.nanoTime()));
  }
}
