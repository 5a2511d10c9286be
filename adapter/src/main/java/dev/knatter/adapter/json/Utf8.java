package dev.knatter.adapter.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8, decoded strictly. The JDK by default replaces what is not UTF-8. */
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

  /** Whether UTF-8 can carry the text: not with a surrogate without its partner, which JSON can escape. */
  static boolean canEncode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
