package dev.knatter.shared.store;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import dev.knatter.shared.DomainError.Unavailable;

/**
 * The pause before a lightweight transaction that lost against another one is tried again. It is random and grows, so that
 * those who change the same row do not meet each time.
 */
public final class RetryPause {
  private static final int FIRST = 8;
  private static final int LONGEST = 250;
  private static final int DOUBLED = 5;

  private RetryPause() {}

  /**
   * Pauses.
   *
   * @param attempt how many attempts have failed before the last one
   * @throws Unavailable if the thread is interrupted
   */
  public static void after(int attempt) {
    int longest = Math.min(LONGEST, FIRST << Math.min(attempt, DOUBLED));
    try {
      Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextInt(1, longest + 1)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("The server is stopping.");
    }
  }
}
