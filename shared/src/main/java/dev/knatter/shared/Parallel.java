package dev.knatter.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import dev.knatter.shared.DomainError.Unavailable;

/** Runs the same for several items at the same time, each on a virtual thread. */
public final class Parallel {
  private Parallel() {}

  /** What is run for an item. */
  @FunctionalInterface
  public interface Work<T, R> {
    R of(T item) throws Exception;
  }

  /** The results in the order of the items. Throws what one of the calls has thrown, after all of them have ended. */
  public static <T, R> List<R> map(List<T> items, Work<T, R> work) {
    return map(Executors.newVirtualThreadPerTaskExecutor(), items, work);
  }

  /**
   * The same with fewer calls at a time.
   *
   * @param atOnce how many calls run at a time at most
   */
  public static <T, R> List<R> map(List<T> items, int atOnce, Work<T, R> work) {
    return map(Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().name("parallel").factory()), items,
        work);
  }

  /** Does the same for all items, and returns when all have ended. If some have failed, one of the failures is thrown then. */
  public static <T> void forEach(List<T> items, Consumer<T> act) {
    List<Boolean> _ = map(items, item -> {
      act.accept(item);
      return true;
    });
  }

  private static <T, R> List<R> map(ExecutorService executor, List<T> items, Work<T, R> work) {
    List<Future<R>> calls;
    try (executor) {
      calls = items.stream().map(item -> executor.submit(() -> work.of(item))).toList();
    }
    List<R> results = new ArrayList<>();
    for (Future<R> call : calls) {
      results.add(result(call));
    }
    return results;
  }

  private static <R> R result(Future<R> call) {
    try {
      return call.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("The server is stopping.");
    }
  }
}
