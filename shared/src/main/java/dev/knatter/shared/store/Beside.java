package dev.knatter.shared.store;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

import dev.knatter.shared.DomainError.Unavailable;

/** A call that runs on a thread of its own, by its caller's {@link Deadline}, while that one does something else. */
public final class Beside<T> {
  private final FutureTask<T> task;

  private Beside(FutureTask<T> task) {
    this.task = task;
  }

  public static <T> Beside<T> start(Supplier<T> call) {
    Duration left = Deadline.remaining();
    FutureTask<T> task = new FutureTask<>(() -> Deadline.within(left, call::get));
    Thread.ofVirtual().name("beside").start(task);
    return new Beside<>(task);
  }

  /** Waits for what the call returns; throws what it threw. */
  public T join() {
    try {
      return task.get();
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
