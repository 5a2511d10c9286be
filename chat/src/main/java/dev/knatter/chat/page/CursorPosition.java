package dev.knatter.chat.page;

import java.util.Collection;
import java.util.UUID;

import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/**
 * How far a walk has come; what a cursor stands for.
 *
 * @param at towards the present, all up to this key has been read; towards the past, all above it
 * @param young the part of what was handed out in which rows may still land. Towards the present it ends at {@code at}; towards
 *     the past it lies above
 */
public record CursorPosition(UUID at, @Nullable UnsettledRange young) {
  /** Before all there is, for a walk towards the present. */
  public static final CursorPosition BEGINNING = at(Uuid7.floor(0));

  static CursorPosition at(UUID key) {
    return new CursorPosition(key, null);
  }

  /**
   * Of a walk towards the present.
   *
   * @param from above this key, rows may still be missing
   * @param handedOut keys that were handed out; those up to {@code from} do not matter any more
   */
  static CursorPosition up(UUID at, UUID from, Collection<UUID> handedOut) {
    if (at.compareTo(from) <= 0) {
      return at(at);
    }
    return new CursorPosition(at, new UnsettledRange(from, at,
        KeySums.of(handedOut.stream().filter(key -> key.compareTo(from) > 0).toList())));
  }

  /**
   * Goes on towards the past.
   *
   * @param handedOut the keys that were handed out, those above {@code settled}
   */
  CursorPosition down(UUID to, Collection<UUID> handedOut, UUID settled) {
    if (at.compareTo(settled) <= 0) {
      return new CursorPosition(to, young);
    }
    UnsettledRange read = new UnsettledRange(max(to, settled), at, KeySums.of(handedOut));
    return new CursorPosition(to, young == null ? read : read.join(young));
  }

  static UUID max(UUID one, UUID other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  static UUID min(UUID one, UUID other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
