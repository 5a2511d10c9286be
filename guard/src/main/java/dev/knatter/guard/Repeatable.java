package dev.knatter.guard;

import org.jspecify.annotations.Nullable;

/**
 * An input that a client may send again under the same id. Redis remembers its fingerprint, and {@link Caller#replay}
 * tells how the input compares with the remembered one.
 */
public interface Repeatable {
  /** A UUIDv7 that the client minted; null if the body has none. Then an Idempotency-Key that is a UUIDv7 counts. */
  @Nullable
  String clientId();

  /** A hash of the body. */
  String fingerprint();
}
