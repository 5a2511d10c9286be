package dev.knatter.shared;

import java.nio.ByteBuffer;
import java.util.UUID;

/** Makes UUIDs of version 8 (RFC 9562 §5.8) from a hash. They never equal an id of {@link Uuid7}, because the version differs. */
public final class Uuid8 {
  private Uuid8() {}

  /** Returns the id of a sequence of values: the first bits of their hash. */
  public static UUID of(Digest digest) {
    ByteBuffer hash = ByteBuffer.wrap(digest.bytes());
    return new UUID((hash.getLong() & ~0xF000L) | 0x8000L,
        (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }
}
