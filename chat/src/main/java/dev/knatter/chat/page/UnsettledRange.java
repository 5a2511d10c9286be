package dev.knatter.chat.page;

import java.util.UUID;

/**
 * A part of what a reader was handed that is so young that rows may still land in it: the keys above {@code from}, up to
 * {@code to}, and a summary of those that were handed out.
 */
record UnsettledRange(UUID from, UUID to, KeySums handedOut) {
  /** So many rows of a stretch are looked at again. More than a conversation is laid out for; where there are, all is handed out again. */
  static final int LOOKED_AT = 10_000;

  /** @param settled the key up to which nothing lands unannounced any more */
  boolean isSettled(UUID settled) {
    return to.compareTo(settled) <= 0;
  }

  /** This and the stretch that begins where it ends. */
  UnsettledRange join(UnsettledRange above) {
    return new UnsettledRange(from, above.to, handedOut.plus(above.handedOut));
  }
}
