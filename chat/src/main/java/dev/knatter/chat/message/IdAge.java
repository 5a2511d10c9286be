package dev.knatter.chat.message;

import java.time.Duration;

/**
 * What the age of a client id allows. A fresh id may be written at once. Any other may have been written already, so the
 * message is looked for first. Where it is not there, an attempt may still be landing, until the id is so old that it is
 * made void. An id that lies ahead is refused and never made void: its time will come.
 */
enum IdAge {
  AHEAD, FRESH, LANDING, STALE;

  private static final Duration TOLERATED = Duration.ofSeconds(1);
  private static final Duration RECENT = Duration.ofMinutes(1);

  /** An older id is made void. A clock may be set back by the time between this and {@link #RECENT} without harm. */
  static final Duration DECIDED = Duration.ofMinutes(2);

  /** An id older than this when its write is acknowledged may have been made void meanwhile. */
  static final Duration READ_BACK = Duration.ofSeconds(100);

  /** A message that is older than this when it is written has a marker where readers have not passed yet. */
  static final Duration UNMARKED = Duration.ofSeconds(5);

  /** Of an id with a given age; negative lies in the future. */
  static IdAge of(Duration age) {
    if (age.plus(TOLERATED).isNegative()) {
      return AHEAD;
    }
    if (age.compareTo(RECENT) <= 0) {
      return FRESH;
    }
    return age.compareTo(DECIDED) <= 0 ? LANDING : STALE;
  }
}
