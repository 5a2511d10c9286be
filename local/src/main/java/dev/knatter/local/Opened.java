package dev.knatter.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** The resources that were opened so far. It closes them in the opposite order, also if opening the next one fails. */
final class Opened implements AutoCloseable {
  private final Deque<Runnable> closings = new ArrayDeque<>();

  <T> T add(T thing, Consumer<T> close) {
    closings.push(() -> close.accept(thing));
    return thing;
  }

  @Override
  public void close() {
    // Closing must not be cut short if this thread was interrupted.
    boolean interrupted = Thread.interrupted();
    while (!closings.isEmpty()) {
      closings.pop().run();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
