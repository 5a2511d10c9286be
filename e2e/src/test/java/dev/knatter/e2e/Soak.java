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

  /** How many of something there are, in a test that ends after so many. */
  static int count(int normally, int whenLong) {
    return isLong() ? whenLong : normally;
  }

  private static boolean isLong() {
    return System.getProperty("knatter.soak") != null;
  }

  /** {@code -Dknatter.seed=<number>} */
  static long seed() {
    return Long.getLong("knatter.seed", isLong() ? ThreadLocalRandom.current().nextLong() : 20261121);
  }
}
