package dev.knatter.chat.limit;

import java.time.Duration;

/**
 * A limit of how many operations of one kind a user may have in progress in one process. It is not a {@link
 * RateLimit}, because a slot becomes free when an operation ends, not with time.
 *
 * @param id         names the limit in answers
 * @param max        how many operations
 * @param maxDuration after which each operation ends by itself
 * @param retryAfter how long a caller who has too many is told to wait
 */
public record ConcurrencyLimit(String id, int max, Duration maxDuration, Duration retryAfter) {
  // A client has one waiting request for each conversation on its screen, and people have several devices.
  public static final ConcurrencyLimit WAITING = new ConcurrencyLimit("waiting", 20, Duration.ofSeconds(25),
      Duration.ofSeconds(5));
}
