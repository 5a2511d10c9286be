package dev.knatter.chat.page;

import java.util.Collection;
import java.util.UUID;

import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/**
 * The position of a walk through a feed, which a cursor contains.
 *
 * @param at towards the present: everything up to this key has been read; towards the past: everything above it
 * @param unsettled the part of what was returned in which rows may still appear; null if there is none. Towards the
 *     present it ends at {@code at}; towards the past it lies above
 */
public record CursorPosition(UUID at, @Nullable UnsettledRange unsettled) {
  /** The position before the first row, for a walk towards the present. */
  public static final CursorPosition BEGINNING = at(Uuid7.floor(0));

  /** A position at a key, where nothing is unsettled. */
  public static CursorPosition at(UUID key) {
    return new CursorPosition(key, null);
  }

  /**
   * A position of a walk towards the present.
   *
   * @param from rows may still be missing above this key
   * @param handedOut the keys whose messages were returned; those up to {@code from} are ignored
   */
  static CursorPosition forward(UUID at, UUID from, Collection<UUID> handedOut) {
    if (at.compareTo(from) <= 0) {
      return at(at);
    }
    return new CursorPosition(at, new UnsettledRange(from, at,
        KeySums.of(handedOut.stream().filter(key -> key.compareTo(from) > 0).toList())));
  }

  /**
   * The next position of a walk towards the past.
   *
   * @param handedOut the keys above {@code settled} whose messages were returned
   */
  CursorPosition backward(UUID to, Collection<UUID> handedOut, UUID settled) {
    if (at.compareTo(settled) <= 0) {
      return new CursorPosition(to, unsettled);
    }
    UnsettledRange read = new UnsettledRange(Uuid7.max(to, settled), at, KeySums.of(handedOut));
    return new CursorPosition(to, unsettled == null ? read : read.join(unsettled));
  }
}
