package dev.knatter.chat.delivery;

import dev.knatter.shared.EarlyCounter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Counts sweeps for the operator. Where several functions of one process sweep, their counts are added.
 */
public final class SweepMeters implements MeterBinder {
  private final EarlyCounter sweeps = new EarlyCounter();
  private final EarlyCounter failures = new EarlyCounter();
  private final EarlyCounter entered = new EarlyCounter();

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
}
