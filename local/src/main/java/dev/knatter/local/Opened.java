package dev.knatter.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What was opened so far, to be closed in the opposite order, also when the next one fails to open. */
final class Opened implements AutoCloseable {
  private final Deque<Runnable> closings = new ArrayDeque<>();

  <T> T add(T thing, Consumer<T> close) {
    closings.push(() -> close.accept(thing));
    return thing;
  }

  @Override
  public void close() {
    // Stopping takes its time, also for a thread that was told to hurry.
    boolean interrupted = Thread.interrupted();
    while (!closings.isEmpty()) {
      closings.pop().run();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
