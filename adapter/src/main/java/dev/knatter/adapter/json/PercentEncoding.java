package dev.knatter.adapter.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.nio.charset.CharacterCodingException;

import org.jspecify.annotations.Nullable;

/** Percent-encoding (RFC 3986 §2.1), read strictly: {@code %} and two hexadecimal digits, and UTF-8 underneath. */
public final class PercentEncoding {
  private PercentEncoding() {}

  /** The decoded text, or null when it is not well-formed. A plus sign stays one. */
  public static @Nullable String decode(String text) {
    // Each byte goes through URLDecoder as one character, because it would replace bytes that are not UTF-8.
    String bytes = new String(text.getBytes(UTF_8), ISO_8859_1).replace("+", "%2B");
    try {
      return Utf8.decode(URLDecoder.decode(bytes, ISO_8859_1).getBytes(ISO_8859_1));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return null;
    }
  }
}
