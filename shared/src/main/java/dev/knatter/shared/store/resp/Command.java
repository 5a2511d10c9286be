package dev.knatter.shared.store.resp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A command as it is sent: an array of byte strings. */
public final class Command {
  private static final byte[] END = {'\r', '\n'};

  private Command() {}

  /** @param words each {@code byte[]}, or what its text says in UTF-8 */
  public static byte[] of(List<?> words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    head(out, '*', words.size());
    for (Object word : words) {
      byte[] bytes = word instanceof byte[] raw ? raw : word.toString().getBytes(StandardCharsets.UTF_8);
      head(out, '$', bytes.length);
      out.writeBytes(bytes);
      out.writeBytes(END);
    }
    return out.toByteArray();
  }

  public static byte[] of(String... words) {
    return of(List.of(words));
  }

  private static void head(ByteArrayOutputStream out, char kind, int count) {
    out.write(kind);
    out.writeBytes(Integer.toString(count).getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(END);
  }
}
