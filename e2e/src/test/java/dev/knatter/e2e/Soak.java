package dev.knatter.e2e;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long randomized tests run, and from which seed. Both can be given, to run longer or the same again. */
final class Soak {
  private Soak() {}

  /** {@code -Dknatter.soak=<seconds>} */
  static Duration length(Duration normally) {
    return Duration.ofSeconds(Long.getLong("knatter.soak", normally.toSeconds()));
  }

  /** {@code -Dknatter.seed=<number>} */
  static long seed() {
    boolean isLong = System.getProperty("knatter.soak") != null;
    return Long.getLong("knatter.seed", isLong ? ThreadLocalRandom.current().nextLong() : 20261121);
  }
}
