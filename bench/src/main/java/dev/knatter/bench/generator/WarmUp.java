package dev.knatter.bench.generator;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Runs a load until its rate no longer grows. A JVM compiles for a minute and more under load, and is half as fast
 * meanwhile as afterwards.
 *
 * @param longest for how long the rate may grow
 */
public record WarmUp(Duration longest, Consumer<String> progress) {
  private static final int CONNECTIONS = 64;
  private static final int WINDOW_SECONDS = 5;
  /** By how much a window has to be faster than all before it to count as getting faster. */
  private static final double FASTER = 1.02;
  private static final int PATIENCE = 3;

  /** What is made warm. */
  @FunctionalInterface
  public interface Load {
    Outcome run(int connections, LoadDuration pace) throws Exception;
  }

  /** @param what the name of it, for the person who waits */
  public void run(String what, Load load) throws Exception {
    double best = 0;
    int inVain = 0;
    long windows = Math.max(1, longest.toSeconds() / WINDOW_SECONDS);
    for (int window = 1; window <= windows && inVain < PATIENCE; window++) {
      double rate = load.run(CONNECTIONS, LoadDuration.of(WINDOW_SECONDS)).rate();
      progress.accept("Warming up: %s, %,.0f a second after %d s".formatted(what, rate,
          window * WINDOW_SECONDS));
      inVain = rate > best * FASTER ? 0 : inVain + 1;
      best = Math.max(best, rate);
    }
  }
}
