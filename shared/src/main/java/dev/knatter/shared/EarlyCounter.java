package dev.knatter.shared;

import io.micrometer.core.instrument.Counter;
import org.jspecify.annotations.Nullable;

/**
 * A counter that works before the meter registry exists. It adds what it has counted until then when {@link #bindTo} is
 * called.
 */
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
