package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

final class UnknownCallersTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);
  private final UnknownCallers unknown = new UnknownCallers(nanos::get);

  private String logged(int requests) {
    try (StandardError log = new StandardError()) {
      for (int i = 0; i < requests; i++) {
        unknown.note("nothing is written");
      }
      return log.text();
    }
  }

  @Test
  void warning_isOneAMinute_andSaysOfHowManyRequests() {
    assertThat(logged(7)).containsOnlyOnce("WARN")
      .contains("counted: 1.", "nothing is written");
    nanos.addAndGet(Duration.ofSeconds(59).toNanos());
    assertThat(logged(2)).isEmpty();
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(logged(1)).containsOnlyOnce("WARN").contains("counted: 9.");
    assertThat(logged(1)).isEmpty();
  }
}
