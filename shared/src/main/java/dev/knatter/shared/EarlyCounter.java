package dev.knatter.shared;

import io.micrometer.core.instrument.Counter;
import org.jspecify.annotations.Nullable;

/** A counter that may be used before there is a registry. What it has counted until then is added when there is one. */
public final class EarlyCounter {
  private long before;
  private @Nullable Counter counter;

  public synchronized void increment() {
    if (counter == null) {
      before++;
    } else {
      counter.increment();
    }
  }

  public synchronized void bindTo(Counter registered) {
    counter = registered;
    registered.increment((double) before);
    before = 0;
  }
}
