package dev.knatter.shared;

import java.util.Base64;
import java.util.Optional;

/** Reads and writes base64. It reads both alphabets (RFC 4648 §4 and §5), with padding or without. */
public final class Base64Text {
  private Base64Text() {}

  /** Returns the bytes that the text encodes; empty if the text is not base64. */
  public static Optional<byte[]> decode(String text) {
    try {
      return Optional.of(Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
    } catch (IllegalArgumentException _) { // the exception's message may hold parts of a secret
      return Optional.empty();
    }
  }

  /**
   * Encodes with the first alphabet (RFC 4648 §4) and with padding, which is the only form that the product stores and
   * answers.
   */
  public static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
