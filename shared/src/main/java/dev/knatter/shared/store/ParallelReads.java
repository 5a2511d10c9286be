package dev.knatter.shared.store;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import dev.knatter.shared.Parallel;

/**
 * Reads the same for many items, some of them at a time, each on a virtual thread and within the caller's
 * {@link Deadline}.
 */
public final class ParallelReads {
  private ParallelReads() {}

  /**
   * The results in the order of the items. Throws what one of the calls has thrown, after all of them have ended.
   *
   * @param atOnce how many calls run at a time at most
   */
  public static <T, R> List<R> map(List<T> items, int atOnce, Function<T, R> read) {
    if (items.size() == 1) {
      return List.of(read.apply(items.getFirst()));
    }
    long end = System.nanoTime() + Deadline.remaining().toNanos();
    return Parallel.map(items, atOnce, item -> Deadline.within(left(end), () -> read.apply(item)));
  }

  private static Duration left(long end) {
    return Duration.ofNanos(end - System.nanoTime()); // a deadline that is over lets each call fail
  }
}
