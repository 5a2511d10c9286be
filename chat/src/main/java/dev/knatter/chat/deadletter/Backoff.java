package dev.knatter.chat.deadletter;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.knatter.shared.Env;

/**
 * When a dead letter is retried by schedule: after ten minutes, an hour, six hours, and then once a day, until it has
 * been retried so often.
 *
 * @param bound how many retries there are; after them the letter stays until an operator acts
 */
public record Backoff(int bound) {
  private static final String VARIABLE = "KNATTER_DEAD_LETTER_RETRIES";
  private static final int DEFAULT = 3;
  private static final int MOST = 20;
  private static final List<Duration> DELAYS = List.of(Duration.ofMinutes(10), Duration.ofHours(1),
      Duration.ofHours(6), Duration.ofDays(1));

  /**
   * Reads KNATTER_DEAD_LETTER_RETRIES.
   *
   * @throws IllegalStateException where it is no number from 0 to 20
   */
  public static Backoff from(Env env) {
    String text = env.get(VARIABLE, Integer.toString(DEFAULT));
    if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) > MOST) {
      throw new IllegalStateException(VARIABLE + " must be a number from 0 to " + MOST + ".");
    }
    return new Backoff(Integer.parseInt(text));
  }

  /** The next retry of a letter that was retried so often; empty where there is none. */
  Optional<Instant> next(int retries, Instant now) {
    return retries < bound
        ? Optional.of(now.plus(DELAYS.get(Math.min(retries, DELAYS.size() - 1))))
        : Optional.empty();
  }
}
