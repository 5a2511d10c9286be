package dev.knatter.chat.delivery;

import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Counts sweeps for the operator. A process may sweep before there is a registry, so the counters are not the
 * registry's.
 */
public final class SweepMeters implements MeterBinder {
  private final LongAdder sweeps = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder entered = new LongAdder();

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
    FunctionCounter.builder("knatter.sweeps", sweeps, LongAdder::sum)
      .description("Sweeps of the outbox that have ended, also early.")
      .register(registry);
    FunctionCounter.builder("knatter.sweeps.failed", failures, LongAdder::sum)
      .description("Sweeps of the outbox that a failure has ended.")
      .register(registry);
    FunctionCounter.builder("knatter.swept.messages", entered, LongAdder::sum)
      .description(
          "Messages that a sweep has entered in inboxes again, because their writer had not finished.")
      .register(registry);
  }
}
