package dev.knatter.shared;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Hashes a sequence of values with SHA-256. The length of each value precedes it, so two different sequences never give the
 * same input to the hash. An absent value differs from an empty one.
 */
public final class Digest {
  private final MessageDigest sha256;

  public Digest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  public Digest add(byte @Nullable [] value) {
    sha256.update(ByteBuffer.allocate(4).putInt(value == null ? -1 : value.length).flip());
    if (value != null) {
      sha256.update(value);
    }
    return this;
  }

  public Digest add(@Nullable String text) {
    return add(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
  }

  public Digest add(@Nullable UUID id) {
    return add(id == null
        ? null
        : ByteBuffer.allocate(16)
          .putLong(id.getMostSignificantBits())
          .putLong(id.getLeastSignificantBits())
          .array());
  }

  /** Returns the hash: 32 bytes. After this the digest is empty. */
  public byte[] bytes() {
    return sha256.digest();
  }
}
