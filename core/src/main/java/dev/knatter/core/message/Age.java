package dev.knatter.core.message;

import java.time.Duration;

/**
 * What the age of a client id allows. A fresh id may be written at once. One that is not fresh may have been written
 * already, so the message is looked for first; where it is not, an attempt may still be landing, until it is so old
 * that it is made void.
 */
enum Age {
  FRESH, LANDING, STALE;

  private static final Duration AHEAD = Duration.ofSeconds(1);
  private static final Duration RECENT = Duration.ofMinutes(1);
  private static final Duration DECIDED = Duration.ofMinutes(2);

  /** An id older than this when its write is acknowledged may have been made void meanwhile, or landed unseen. */
  static final Duration READ_BACK = Duration.ofSeconds(100);

  /** Of an id with a given age; negative lies in the future. */
  static Age of(Duration age) {
    if (!age.plus(AHEAD).isNegative() && age.compareTo(RECENT) <= 0) {
      return FRESH;
    }
    return Math.abs(age.toMillis()) <= DECIDED.toMillis() ? LANDING : STALE;
  }
}
