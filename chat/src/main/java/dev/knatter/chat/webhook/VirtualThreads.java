package dev.knatter.chat.webhook;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.knatter.shared.DomainError.Unavailable;
import org.jspecify.annotations.Nullable;

/** Does several things at the same time, each on a virtual thread of its own. */
final class VirtualThreads {
  private VirtualThreads() {}

  /** Returns when all have ended. If some have failed, one of the failures is thrown then. */
  static void runAll(List<Runnable> acts) {
    List<? extends Future<?>> running;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      running = acts.stream().map(threads::submit).toList();
    }
    @Nullable
    RuntimeException failure = null;
    for (Future<?> each : running) {
      try {
        each.get();
      } catch (ExecutionException e) {
        failure = e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failure = new Unavailable("The server is stopping.");
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
