package dev.knatter.chat.erasure;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * That somebody is to be erased, and what it takes to find the rest of him. nameHash: what keeps his name from others;
 * phoneNumbers: those that may still lead to him.
 */
record ErasureOrder(UUID userId, UUID erasureId, String username, ByteBuffer nameHash,
    Set<String> phoneNumbers,
    Instant startedAt) {
  /** Whether it was given before another one. */
  boolean isBefore(ErasureOrder other) {
    int byTime = startedAt.compareTo(other.startedAt);
    return byTime < 0 || (byTime == 0 && erasureId.compareTo(other.erasureId) < 0);
  }

  /** Without who it is: this may end up in a log. */
  @Override
  public String toString() {
    return "Order[" + erasureId + "]";
  }
}
