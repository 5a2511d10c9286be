package dev.knatter.shared;

import java.util.Base64;
import java.util.Optional;

/** Base64 as callers and operators write it: of either alphabet (RFC 4648 §4 and §5), with padding or without. */
public final class Base64Text {
  private Base64Text() {}

  /** The bytes of a text; empty where it is no such text. */
  public static Optional<byte[]> decode(String text) {
    try {
      return Optional.of(Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
    } catch (IllegalArgumentException _) { // its message may hold parts of a secret
      return Optional.empty();
    }
  }

  /** The one form in which bytes are stored and answered: the first alphabet, with padding. */
  public static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
