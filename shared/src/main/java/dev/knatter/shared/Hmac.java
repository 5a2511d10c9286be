package dev.knatter.shared;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC-SHA256 (RFC 2104). The JDK's own is looked for in all of its providers, among them the one that makes tables of
 * elliptic curves: a twentieth of a cold start for what the JDK's SHA-256 does with two more blocks.
 */
public final class Hmac {
  private static final int BLOCK = 64;
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;

  private final byte[] inner;
  private final byte[] outer;

  /** @param key of at most 64 bytes; 32 are enough for whatever comes */
  public Hmac(byte[] key) {
    if (key.length > BLOCK) {
      throw new IllegalArgumentException("The key is longer than a block");
    }
    this.inner = padded(key, INNER);
    this.outer = padded(key, OUTER);
  }

  private static byte[] padded(byte[] key, byte with) {
    byte[] padded = Arrays.copyOf(key, BLOCK);
    for (int i = 0; i < BLOCK; i++) {
      padded[i] ^= with;
    }
    return padded;
  }

  /** The 32 bytes for these parts, one behind the other. */
  public byte[] of(byte[]... parts) {
    MessageDigest sha256 = sha256();
    sha256.update(inner);
    for (byte[] part : parts) {
      sha256.update(part);
    }
    byte[] hash = sha256.digest();
    sha256.update(outer);
    return sha256.digest(hash);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
