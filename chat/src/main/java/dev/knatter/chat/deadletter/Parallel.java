package dev.knatter.chat.deadletter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

import dev.knatter.shared.DomainError.Unavailable;

/** Runs the same for a few items at once, each on a virtual thread. */
final class Parallel {
  private Parallel() {}

  /** The results in the order of the items. Throws what one of the calls has thrown, after all of them have ended. */
  static <T, R> List<R> map(List<T> items, Function<T, R> function) {
    List<Future<R>> calls;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      calls = items.stream().map(item -> threads.submit(() -> function.apply(item))).toList();
    }
    List<R> results = new ArrayList<>();
    for (Future<R> call : calls) {
      try {
        results.add(call.get());
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
    return results;
  }
}
