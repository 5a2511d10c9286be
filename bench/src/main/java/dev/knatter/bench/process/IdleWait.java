package dev.knatter.bench.process;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.knatter.embedded.CassandraFlush;

/**
 * Waits until Cassandra has written to disk and sorted what it was given: it goes on with that for a while, and the
 * next sample would be measured beside the work that the last one has left behind.
 */
public final class IdleWait {
  private static final double QUIET_CORES = 0.1;
  private static final int LOOK_MILLIS = 500;
  private static final int BETWEEN_SAMPLES_SECONDS = 30;

  private IdleWait() {}

  /** Before each sample; after half a minute it is measured all the same. */
  public static void await(Map<String, Long> stores) throws InterruptedException {
    await(stores, BETWEEN_SAMPLES_SECONDS);
  }

  /**
   * @param stores  their processes, by name
   * @param seconds after which it is measured all the same
   */
  public static void await(Map<String, Long> stores, int seconds) throws InterruptedException {
    long cassandra = stores.getOrDefault("Cassandra", -1L);
    CassandraFlush.of(cassandra);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    double cores;
    do {
      double before = Proc.cpuSeconds(cassandra);
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      cores = (Proc.cpuSeconds(cassandra) - before) * 1_000 / LOOK_MILLIS;
    } while (cores > QUIET_CORES && System.nanoTime() - end < 0);
  }
}
