package dev.knatter.chat.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Counts sweeps for the operator. A process may sweep before there is a registry: those sweeps are added when there is one.
 * Where several functions of one process sweep, their counts are added.
 */
public final class SweepMeters implements MeterBinder {
  private final Count sweeps = new Count();
  private final Count failures = new Count();
  private final Count entered = new Count();

  void swept() {
    sweeps.increment();
  }

  void failed() {
    failures.increment();
  }

  void entered() {
    entered.increment();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    sweeps.bindTo(Counter.builder("knatter.sweeps")
      .description("Sweeps of the outbox that have ended, also early.")
      .register(registry));
    failures.bindTo(Counter.builder("knatter.sweeps.failed")
      .description("Sweeps of the outbox that a failure has ended.")
      .register(registry));
    entered.bindTo(Counter.builder("knatter.swept.messages")
      .description(
          "Messages that a sweep has entered in inboxes again, because their writer had not finished.")
      .register(registry));
  }

  private static final class Count {
    private long before;
    private @Nullable Counter counter;

    synchronized void increment() {
      if (counter == null) {
        before++;
      } else {
        counter.increment();
      }
    }

    synchronized void bindTo(Counter registered) {
      counter = registered;
      registered.increment((double) before);
      before = 0;
    }
  }
}
