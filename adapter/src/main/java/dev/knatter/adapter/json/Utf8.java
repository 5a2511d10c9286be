package dev.knatter.adapter.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strict decoding: by itself the JDK replaces what UTF-8 forbids. */
public final class Utf8 {
  private Utf8() {}

  /** @throws CharacterCodingException for an overlong form, an encoded surrogate, a cut or stray byte */
  public static String decode(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /** @throws InvalidInput when the bytes are not UTF-8 */
  public static String text(byte[] bytes) {
    try {
      return decode(bytes);
    } catch (CharacterCodingException e) {
      throw new InvalidInput("", "must be UTF-8");
    }
  }

  /** Whether the text has a surrogate without its partner, which JSON can escape but UTF-8 cannot carry. */
  static boolean hasUnpairedSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }
}
