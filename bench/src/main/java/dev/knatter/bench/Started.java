package dev.knatter.bench;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Whatever was started, to be ended in the opposite order. */
final class Started implements Closeable {
  private final Deque<Closeable> all = new ArrayDeque<>();

  <T extends Closeable> T add(T one) {
    all.push(one);
    return one;
  }

  @Override
  public void close() throws IOException {
    if (!all.isEmpty()) {
      try (Closeable _ = all.pop()) {
        close();
      }
    }
  }
}
