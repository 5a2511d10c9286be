package dev.knatter.chat.deadletter;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a dead letter is kept. An event may be handled twice once the key that would tell has expired, thirty days
 * after its first attempt ({@link dev.knatter.chat.message.IdempotencyKeys}); so a letter that is retried must be
 * younger than that.
 *
 * @param retryable until when it may be retried by schedule
 * @param ends      when it is deleted
 */
record Lifetime(Instant retryable, Instant ends) {
  /** From the event's own time, or where it has none from its first arrival. */
  static final Duration OF_EVENT = Duration.ofDays(25);
  /** So that somebody can look at an event that is older than that when it arrives. */
  private static final Duration LEAST = Duration.ofDays(1);
  /** No list row is older. */
  static final Duration LONGEST = OF_EVENT.plus(LEAST);

  static Lifetime of(DeadLetter letter, Instant firstArrival, Instant now) {
    Instant born = letter.time().filter(time -> time.isBefore(now)).orElse(firstArrival);
    Instant retryable = born.plus(OF_EVENT);
    Instant least = now.plus(LEAST);
    return new Lifetime(retryable, retryable.isAfter(least) ? retryable : least);
  }
}
