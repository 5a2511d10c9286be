package dev.knatter.adapter.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/** Percent-encoding (RFC 3986 §2.1), strictly: {@code %} and two hexadecimal digits, and UTF-8 underneath. */
public final class PercentCode {
  private PercentCode() {}

  /** The decoded text, or null when it is not well-formed. */
  public static @Nullable String decode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    int i = 0;
    while (i < bytes.length) {
      if (bytes[i] != '%') {
        out.write(bytes[i]);
        i++;
      } else if (i + 2 < bytes.length && HexFormat.isHexDigit(bytes[i + 1])
          && HexFormat.isHexDigit(bytes[i + 2])) {
        out.write(HexFormat.fromHexDigit(bytes[i + 1]) << 4 | HexFormat.fromHexDigit(bytes[i + 2]));
        i += 3;
      } else {
        return null;
      }
    }
    try {
      return Utf8.decode(out.toByteArray());
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
