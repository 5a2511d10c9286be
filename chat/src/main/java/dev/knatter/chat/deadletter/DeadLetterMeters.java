package dev.knatter.chat.deadletter;

import dev.knatter.shared.EarlyCounter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Counts dead letters for the operator. */
public final class DeadLetterMeters implements MeterBinder {
  private final EarlyCounter arrivals = new EarlyCounter();
  private final EarlyCounter accepted = new EarlyCounter();
  private final EarlyCounter refused = new EarlyCounter();

  void arrived() {
    arrivals.increment();
  }

  void accepted() {
    accepted.increment();
  }

  void refused() {
    refused.increment();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    arrivals.bindTo(Counter.builder("knatter.dead.letters")
      .description("Dead letters that have arrived, each time.")
      .register(registry));
    accepted.bindTo(Counter.builder("knatter.dead.letters.retried")
      .description("Dead letters that the broker has accepted again.")
      .register(registry));
    refused.bindTo(Counter.builder("knatter.dead.letters.refused")
      .description("Retries of dead letters that the broker has refused.")
      .register(registry));
  }
}
