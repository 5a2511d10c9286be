package dev.knatter.chat.erasure;

import java.time.Duration;
import java.util.UUID;

import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/**
 * The passes of an erasure. Each pass goes through the user's inbox and finds what was still being written during the
 * one before. The table of reports stores their names.
 */
enum ErasurePass {
  /** Erases everything that exists. */
  FIRST(Duration.ZERO),
  /**
   * Erases what was in progress: sessions are refused within five seconds, requests take half a minute at most, a
   * client id is valid for two minutes, and caches expire within one.
   */
  SOON(Duration.ofMinutes(5)),
  /** Erases what the store wrote late: hints, and what the last pass of the sweep has entered again. */
  LAST(Duration.ofMinutes(4 * 60 + 30));

  /** A margin, because clocks differ and a position is older than its row. */
  private static final Duration BEFORE = Duration.ofMinutes(3);

  private final Duration after;

  ErasurePass(Duration after) {
    this.after = after;
  }

  /** How long after the order the pass begins. */
  Duration after() {
    return after;
  }

  /** The inbox position at which the pass starts: the beginning, or for {@link #SOON} the time of the order. */
  UUID start(ErasureOrder order) {
    long from = this == SOON ? order.startedAt().toEpochMilli() : Uuid7.millis(order.userId());
    return Uuid7.floor(from - BEFORE.toMillis());
  }

  /** The next pass; null after the last one. */
  @Nullable
  ErasurePass next() {
    return switch (this) {
      case FIRST -> SOON;
      case SOON -> LAST;
      case LAST -> null;
    };
  }
}
