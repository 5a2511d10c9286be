package dev.knatter.client.http;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next attempt: twice as long each time, at random, so that clients do not come together. */
public final class Backoff {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int DOUBLINGS = 20;

  private final Duration first;
  private int attempts;

  public Backoff(Duration first) {
    this.first = first;
  }

  public Backoff() {
    this(Duration.ofMillis(100));
  }

  /** @param least what the server asks for, which is never cut */
  public Duration next(Duration least) {
    long bound = Math.min(LONGEST.toMillis(), first.toMillis() << Math.min(attempts, DOUBLINGS));
    attempts++;
    Duration wait = Duration.ofMillis(bound / 2 + ThreadLocalRandom.current().nextLong(bound / 2 + 1));
    return wait.compareTo(least) < 0 ? least : wait;
  }

  public void reset() {
    attempts = 0;
  }

  /**
   * Waits on this thread.
   *
   * @throws NoAnswerException if the thread is interrupted
   */
  public static void pause(Duration wait) {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswerException("The thread was interrupted while it waited to try again.", e);
    }
  }
}
