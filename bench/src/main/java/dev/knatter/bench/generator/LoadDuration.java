package dev.knatter.bench.generator;

import java.time.Duration;

/** How long a load runs before it is measured, and how long it is measured. */
public record LoadDuration(Duration lead, Duration window) {
  /** A measurement of so many seconds, after a lead in which connections are made and caches filled. */
  public static LoadDuration of(int seconds) {
    return new LoadDuration(Duration.ofMillis(Math.clamp(seconds * 150L, 300, 1_500)),
        Duration.ofSeconds(seconds));
  }
}
