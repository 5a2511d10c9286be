package dev.knatter.shared.store;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * The time by which a request must be answered, whichever stores it still has to ask. Bound around a request,
 * it caps every store call inside it, so that two slow calls do not add up to a hang.
 */
public final class Deadline {
  /** Below the three seconds within which a caller gets an answer whatever is away. */
  public static final Duration REQUEST = Duration.ofMillis(2_500);

  private static final ScopedValue<Long> AT = ScopedValue.newInstance();
  private static final Duration UNBOUND = Duration.ofSeconds(2);

  private Deadline() {}

  /** Runs the call with all its store calls ending after {@code limit} at the latest. */
  public static <T> T within(Duration limit, Callable<T> call) throws Exception {
    return ScopedValue.where(AT, System.nanoTime() + limit.toNanos()).call(call::call);
  }

  /** Runs the call with the time of a whole request before it: for requests that wait for something to happen. */
  public static <T> T renewed(Supplier<T> call) {
    return ScopedValue.where(AT, System.nanoTime() + REQUEST.toNanos()).call(call::get);
  }

  /** What is left, never below a millisecond: a call that has no time left fails as a timeout. */
  public static Duration remaining() {
    if (!AT.isBound()) {
      return UNBOUND;
    }
    return Duration.ofNanos(Math.max(1_000_000, AT.get() - System.nanoTime()));
  }
}
