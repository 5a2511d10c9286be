package dev.knatter.client.follow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** Whether somebody looks at the app, and what that asks for: a reading each minute, and their presence. */
final class Visibility {
  private static final Duration SYNC_EVERY = Duration.ofMinutes(1);
  /** Presence counts for five minutes. */
  private static final Duration PRESENCE_EVERY = Duration.ofMinutes(4);

  private final Clock clock;
  private volatile @Nullable Boolean visible;
  private Instant nextSync = Instant.MIN;
  private Instant nextPresence = Instant.MIN;

  Visibility(Clock clock) {
    this.clock = clock;
  }

  void set(boolean now) {
    visible = now;
  }

  /** A connection has just read everything, and nobody knows of presence on it. */
  void connected() {
    synced();
    nextPresence = Instant.MIN;
  }

  Duration untilSync() {
    Duration left = Duration.between(clock.instant(), nextSync);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** A lost notification is found by a reading. Nobody waits for that while the app is in the background. */
  boolean syncIsDue() {
    if (clock.instant().isBefore(nextSync)) {
      return false;
    }
    synced();
    return !Boolean.FALSE.equals(visible);
  }

  private void synced() {
    nextSync = clock.instant().plus(SYNC_EVERY);
  }

  /** Whether to say again that somebody looks. Whoever never said so is not present. */
  boolean presenceIsDue() {
    if (!Boolean.TRUE.equals(visible) || clock.instant().isBefore(nextPresence)) {
      return false;
    }
    nextPresence = clock.instant().plus(PRESENCE_EVERY);
    return true;
  }
}
