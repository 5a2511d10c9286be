package dev.knatter.shared;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * UUIDs of version 8 (RFC 9562 §5.8), made of a hash. They never equal an id that somebody minted, which has another
 * version.
 */
public final class Uuid8 {
  private Uuid8() {}

  /** The id of a sequence of values: the first bits of their hash. */
  public static UUID of(Digest digest) {
    ByteBuffer hash = ByteBuffer.wrap(digest.bytes());
    return new UUID((hash.getLong() & ~0xF000L) | 0x8000L,
        (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }
}
