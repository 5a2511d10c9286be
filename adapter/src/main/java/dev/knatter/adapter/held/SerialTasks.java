package dev.knatter.adapter.held;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/** Runs tasks one after the other. Their virtual thread lives only while there are some, so that idle connections have none. */
final class SerialTasks {
  private final Deque<Runnable> waiting = new ArrayDeque<>(2);
  private boolean running;

  /** @param task throws nothing */
  synchronized void add(Runnable task) {
    waiting.addLast(task);
    start();
  }

  /** Adds a task that comes before all that wait. */
  synchronized void addFirst(Runnable task) {
    waiting.addFirst(task);
    start();
  }

  private void start() {
    if (!running) {
      running = true;
      Thread.ofVirtual().name("stream").start(this::run);
    }
  }

  private void run() {
    for (Runnable task = next(); task != null; task = next()) {
      task.run();
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable task = waiting.poll();
    running = task != null;
    return task;
  }
}
