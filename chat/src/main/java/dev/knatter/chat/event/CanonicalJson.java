package dev.knatter.chat.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import dev.knatter.shared.Checks;
import dev.knatter.shared.DomainError.InvalidRequest;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * The data of an event in canonical form (RFC 8785). A broker may write JSON anew on its way, and the canonical form
 * stays the same.
 */
final class CanonicalJson {
  private static final int MAX_DEPTH = 64;

  private CanonicalJson() {}

  /** @throws InvalidRequest if the data are not one JSON object or array, without repeated names, in UTF-8 */
  static byte[] of(byte[] data) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
      if (depth(text) <= MAX_DEPTH) { // the library would exhaust the stack
        String canonical = new JsonCanonicalizer(text).getEncodedString();
        if (Checks.isUnicode(canonical)) {
          return canonical.getBytes(StandardCharsets.UTF_8);
        }
      }
    } catch (CharacterCodingException e) {
      // refused below
    } catch (IOException e) {
      // refused below; the message quotes the data
    }
    throw new InvalidRequest("/data", "must be one JSON object in UTF-8 without repeated names");
  }

  private static int depth(String text) {
    int depth = 0;
    int deepest = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        quoted = c != '"';
        i += c == '\\' ? 1 : 0;
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{' || c == '[') {
        deepest = Math.max(deepest, ++depth);
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
    return deepest;
  }
}
