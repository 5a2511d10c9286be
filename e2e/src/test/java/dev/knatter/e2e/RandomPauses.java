package dev.knatter.e2e;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.knatter.e2e.deploy.Pod;

/** Stops processes and lets them go on, one at a time, at random. */
final class RandomPauses {
  /** The long ones are longer than what the cursors of conversations and inboxes count on. */
  private static final List<Duration> LENGTHS = List.of(Duration.ofMillis(50), Duration.ofMillis(300),
      Duration.ofMillis(700), Duration.ofMillis(1500), Duration.ofMillis(2500), Duration.ofMillis(6000));
  private static final int LONGEST_BETWEEN = 600;

  private final List<Pod> pods;
  private final Random random;

  RandomPauses(List<Pod> pods, long seed) {
    this.pods = pods;
    this.random = new Random(seed);
  }

  /** Goes on until the end is counted down. No process is stopped when it returns. */
  void until(CountDownLatch end) {
    while (!ends(end, Duration.ofMillis(random.nextInt(LONGEST_BETWEEN)))) {
      Pod pod = pods.get(random.nextInt(pods.size()));
      pod.pause();
      boolean _ = ends(end, LENGTHS.get(random.nextInt(LENGTHS.size())));
      pod.goOn();
    }
  }

  private static boolean ends(CountDownLatch end, Duration within) {
    try {
      return end.await(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
