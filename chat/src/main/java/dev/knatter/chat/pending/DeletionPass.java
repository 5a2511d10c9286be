package dev.knatter.chat.pending;

import java.time.Duration;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The passes of deleting what may still be written to: what a user has said, or what a group holds. Each goes through all of it and
 * finds what was still being written during the one before. The tables of orders and reports store their names.
 */
public enum DeletionPass {
  /** Deletes everything that exists. */
  FIRST(Duration.ZERO),
  /**
   * Deletes what was in progress: sessions are refused and memberships cached for five seconds at most, requests take half a
   * minute at most, a client id is valid for two minutes, and caches expire within one.
   */
  SOON(Duration.ofMinutes(5)),
  /** Deletes what the store wrote late: hints, and what the last pass of the sweep has entered again. */
  LAST(Duration.ofMinutes(4 * 60 + 30));

  private final Duration after;

  DeletionPass(Duration after) {
    this.after = after;
  }

  /** How long after the order, or the deletion, the pass begins. */
  public Duration after() {
    return after;
  }

  /** The pass of a stored name; the first for what nobody has begun. */
  public static DeletionPass of(String name) {
    return Stream.of(values()).filter(pass -> pass.name().equals(name)).findFirst().orElse(FIRST);
  }

  /** The next pass; null after the last one. */
  public @Nullable DeletionPass next() {
    return switch (this) {
      case FIRST -> SOON;
      case SOON -> LAST;
      case LAST -> null;
    };
  }
}
