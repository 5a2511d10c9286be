package dev.knatter.chat.page;

import java.util.UUID;

/**
 * A range of keys that was returned to a reader and is so young that rows may still appear in it: the keys above
 * {@code from} and up to {@code to}, with a summary of the keys whose messages were returned.
 */
record UnsettledRange(UUID from, UUID to, KeySums handedOut) {
  /**
   * How many rows of a range are read again at most. It is more than a conversation is designed for. If there are
   * more, all messages of the range are returned again.
   */
  static final int MAX_RECHECKED = 10_000;

  /** @param settled a row that still appears at or below this key is also entered at a fresh key */
  boolean isSettled(UUID settled) {
    return to.compareTo(settled) <= 0;
  }

  /** This range and the one that begins at its end. */
  UnsettledRange join(UnsettledRange above) {
    return new UnsettledRange(from, above.to, handedOut.plus(above.handedOut));
  }
}
