package dev.knatter.core.page;

import java.util.UUID;

import dev.knatter.core.Uuid7;
import org.jspecify.annotations.Nullable;

/**
 * How far a walk has come; what a cursor stands for.
 *
 * @param at towards the present, all up to this key has been read; towards the past, all above it
 * @param waiting what waits for its second look
 * @param growing what is read meanwhile, from where {@code waiting} ends; only towards the present
 */
public record Place(UUID at, @Nullable Stretch waiting, @Nullable Stretch growing) {
  /** Before all there is, for a walk towards the present. */
  public static final Place BEGINNING = at(Uuid7.floor(0));

  static Place at(UUID key) {
    return new Place(key, null, null);
  }

  /**
   * Goes on towards the present.
   *
   * @param young of the keys read above {@code settled}, those of which a message was found
   */
  Place up(UUID to, Tally young, UUID settled) {
    UUID from = max(at, settled); // at, where there is a stretch: it would have had its second look otherwise
    if (to.compareTo(from) <= 0) {
      return new Place(to, waiting, growing);
    }
    Stretch read = new Stretch(from, to, young);
    if (waiting == null) {
      return new Place(to, read, null);
    }
    return new Place(to, waiting, growing == null ? read : growing.join(read));
  }

  /**
   * Goes on towards the past.
   *
   * @param young of the keys read, those above {@code settled}
   */
  Place down(UUID to, Tally young, UUID settled) {
    if (at.compareTo(settled) <= 0) {
      return new Place(to, waiting, null);
    }
    Stretch read = new Stretch(max(to, settled), at, young);
    return new Place(to, waiting == null ? read : read.join(waiting), null);
  }

  static UUID max(UUID one, UUID other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  static UUID min(UUID one, UUID other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
