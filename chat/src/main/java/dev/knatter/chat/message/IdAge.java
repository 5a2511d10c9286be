package dev.knatter.chat.message;

import java.time.Duration;

/**
 * The age class of a client id, which decides what a send may do. A fresh id may be written at once. Under any other
 * id a message may be stored already, so the send reads it first. If it is not there and the id is {@code LANDING},
 * an earlier attempt may still be writing it. If the id is {@code STALE}, the send makes it void. An id from the
 * future is refused but never made void, because it becomes valid later.
 */
enum IdAge {
  AHEAD, FRESH, LANDING, STALE;

  private static final Duration MAX_AHEAD = Duration.ofSeconds(1);
  private static final Duration FRESH_UP_TO = Duration.ofMinutes(1);

  /** An older id is made void. A clock may be set back by this less {@link #FRESH_UP_TO} without harm. */
  static final Duration VOID_AFTER = Duration.ofMinutes(2);

  /** If an id is older than this when its write is acknowledged, it may have become void meanwhile. */
  static final Duration READ_BACK_AFTER = Duration.ofSeconds(100);

  /** If a message is older than this when it is written, its batch contains a marker. */
  static final Duration MARKED_AFTER = Duration.ofSeconds(5);

  /** The class of an id by its age. The age is negative if the id's time is in the future. */
  static IdAge of(Duration age) {
    if (age.plus(MAX_AHEAD).isNegative()) {
      return AHEAD;
    }
    if (age.compareTo(FRESH_UP_TO) <= 0) {
      return FRESH;
    }
    return age.compareTo(VOID_AFTER) <= 0 ? LANDING : STALE;
  }
}
