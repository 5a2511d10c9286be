package dev.knatter.local.broker;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/** Runs tasks of one key one after the other, in the order of their arrival, and tasks of different keys at the same time. */
final class KeyedExecutor {
  private final Executor threads;
  /** The tasks that wait for the running task of their key. A key with an empty queue also has a running task. */
  private final Map<String, Queue<Runnable>> waiting = new HashMap<>();

  KeyedExecutor(Executor threads) {
    this.threads = threads;
  }

  /** @param task must not throw */
  void execute(String key, Runnable task) {
    if (begin(key, task)) {
      threads.execute(() -> {
        for (Runnable next = task; next != null; next = next(key)) {
          next.run();
        }
      });
    }
  }

  /** Returns true if no task of the key runs. Else it puts the task into the key's queue. */
  private synchronized boolean begin(String key, Runnable task) {
    Queue<Runnable> queue = waiting.get(key);
    if (queue == null) {
      waiting.put(key, new ArrayDeque<>());
      return true;
    }
    queue.add(task);
    return false;
  }

  private synchronized @Nullable Runnable next(String key) {
    Queue<Runnable> queue = waiting.get(key);
    Runnable next = queue == null ? null : queue.poll();
    if (next == null) {
      waiting.remove(key);
    }
    return next;
  }
}
