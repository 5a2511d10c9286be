package dev.knatter.chat.erasure;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import dev.knatter.chat.pending.DeletionPass;
import dev.knatter.shared.Uuid7;

/**
 * An order to erase a user, with what is needed to find the user's data. nameHash: reserves the user's name;
 * phoneNumbers: numbers that the user may still have claimed.
 */
record ErasureOrder(UUID userId, UUID erasureId, String username, ByteBuffer nameHash,
    Set<String> phoneNumbers,
    Instant startedAt) {
  /** A margin, because clocks differ and a position is older than its row. */
  private static final Duration BEFORE = Duration.ofMinutes(3);

  /** The inbox position at which a pass starts: the beginning, or for {@link DeletionPass#SOON} the time of the order. */
  UUID start(DeletionPass pass) {
    long from = pass == DeletionPass.SOON ? startedAt.toEpochMilli() : Uuid7.millis(userId);
    return Uuid7.floor(from - BEFORE.toMillis());
  }

  /** Whether this order came before another one. */
  boolean isBefore(ErasureOrder other) {
    int byTime = startedAt.compareTo(other.startedAt);
    return byTime < 0 || (byTime == 0 && erasureId.compareTo(other.erasureId) < 0);
  }

  /** Leaves the user out, because the text may be logged. */
  @Override
  public String toString() {
    return "Order[" + erasureId + "]";
  }
}
