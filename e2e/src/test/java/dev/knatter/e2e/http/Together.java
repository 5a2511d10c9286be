package dev.knatter.e2e.http;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Does the same many times at once. */
public final class Together {
  private Together() {}

  /** All begin at the same moment. Returns what they returned, by number. */
  public static <T> List<T> all(int count, IntFunction<T> action) {
    CountDownLatch start = new CountDownLatch(1);
    return run(count, number -> () -> {
      start.await();
      return action.apply(number);
    }, start, count);
  }

  /** So many at a time, the next when one has ended. */
  public static <T> List<T> some(int count, int atATime, IntFunction<T> action) {
    return run(count, number -> () -> action.apply(number), new CountDownLatch(0), atATime);
  }

  private static <T> List<T> run(int count, IntFunction<Callable<T>> task, CountDownLatch start,
      int atATime) {
    try (ExecutorService threads = Executors.newFixedThreadPool(atATime, Thread.ofVirtual().factory())) {
      List<Future<T>> futures = IntStream.range(0, count)
        .mapToObj(number -> threads.submit(task.apply(number)))
        .toList();
      start.countDown();
      return futures.stream().map(Together::result).toList();
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e.getCause() == null ? e : e.getCause());
    }
  }
}
