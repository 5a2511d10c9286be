package dev.knatter.bench.process;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what was started, in the opposite order. */
public final class Resources implements Closeable {
  private final Deque<Closeable> all = new ArrayDeque<>();

  public <T extends Closeable> T add(T one) {
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
