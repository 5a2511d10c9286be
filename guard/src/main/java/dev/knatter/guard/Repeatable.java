package dev.knatter.guard;

import org.jspecify.annotations.Nullable;

/**
 * An input that may be sent again under the same id. The guard remembers its fingerprint, and {@link Caller#replay} says how
 * the input compares with what is remembered.
 */
public interface Repeatable {
  /** A UUIDv7 that the caller minted; null where the body has none. An Idempotency-Key that is one counts as well. */
  @Nullable
  String clientId();

  /** A hash by which two bodies can be told apart. */
  String fingerprint();
}
