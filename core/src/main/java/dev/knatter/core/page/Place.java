package dev.knatter.core.page;

import java.util.Collection;
import java.util.UUID;

import dev.knatter.core.Uuid7;
import org.jspecify.annotations.Nullable;

/**
 * How far a walk has come; what a cursor stands for.
 *
 * @param at towards the present, all up to this key has been read; towards the past, all above it
 * @param young the part of what was handed out in which rows may still land. Towards the present it ends at {@code at}; towards
 *     the past it lies above
 */
public record Place(UUID at, @Nullable Stretch young) {
  /** Before all there is, for a walk towards the present. */
  public static final Place BEGINNING = at(Uuid7.floor(0));

  static Place at(UUID key) {
    return new Place(key, null);
  }

  /**
   * Of a walk towards the present.
   *
   * @param from above this key, rows may still be missing
   * @param handedOut keys that were handed out; those up to {@code from} do not matter any more
   */
  static Place up(UUID at, UUID from, Collection<UUID> handedOut) {
    if (at.compareTo(from) <= 0) {
      return at(at);
    }
    return new Place(at, new Stretch(from, at,
        KeySums.of(handedOut.stream().filter(key -> key.compareTo(from) > 0).toList())));
  }

  /**
   * Goes on towards the past.
   *
   * @param handedOut the keys that were handed out, those above {@code settled}
   */
  Place down(UUID to, Collection<UUID> handedOut, UUID settled) {
    if (at.compareTo(settled) <= 0) {
      return new Place(to, young);
    }
    Stretch read = new Stretch(max(to, settled), at, KeySums.of(handedOut));
    return new Place(to, young == null ? read : read.join(young));
  }

  static UUID max(UUID one, UUID other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  static UUID min(UUID one, UUID other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
