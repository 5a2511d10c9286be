package dev.knatter.chat.erasure;

import java.time.Duration;
import java.util.UUID;

import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/** How often a user is looked for. Each pass finds what was still on its way in the one before. */
enum ErasurePass {
  /** All that is there. */
  FIRST(Duration.ZERO),
  /**
   * What was under way: sessions are refused within five seconds, requests take half a minute at most, a client id counts
   * for two minutes, and what processes remember of people is forgotten within one.
   */
  SOON(Duration.ofMinutes(5)),
  /** What the store itself brought late: hints, and what the last pass of the sweep has entered anew. */
  LAST(Duration.ofMinutes(4 * 60 + 30));

  /** Clocks differ, and a position is older than its row. */
  private static final Duration BEFORE = Duration.ofMinutes(3);

  private final Duration after;

  ErasurePass(Duration after) {
    this.after = after;
  }

  /** How long after the order it begins. */
  Duration after() {
    return after;
  }

  /** From where in his inbox it looks: at all, or at what came when he was about to be gone. */
  UUID start(ErasureOrder order) {
    long from = this == SOON ? order.startedAt().toEpochMilli() : Uuid7.millis(order.userId());
    return Uuid7.floor(from - BEFORE.toMillis());
  }

  /** Null after the last. */
  @Nullable
  ErasurePass next() {
    return switch (this) {
      case FIRST -> SOON;
      case SOON -> LAST;
      case LAST -> null;
    };
  }
}
