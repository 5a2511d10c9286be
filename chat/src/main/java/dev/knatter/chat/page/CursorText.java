package dev.knatter.chat.page;

import java.util.Base64;
import java.util.Optional;

/** The text of a cursor: base64url without padding. */
final class CursorText {
  private CursorText() {}

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The bytes of a text that {@link #encode} has written; empty for any other text, and for a longer one. */
  static Optional<byte[]> decode(String text, int longest) {
    if (text.length() > longest) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      // the decoder accepts several texts for the same bytes
      return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // not base64url
    }
  }
}
