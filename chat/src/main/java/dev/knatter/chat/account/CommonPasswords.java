package dev.knatter.chat.account;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * The passwords that are tried first, because many people have them. Read when somebody first wants a password, and
 * searched as it lies in the file: a line each in small letters, sorted by bytes.
 */
final class CommonPasswords {
  private CommonPasswords() {}

  /** Loaded at its first use, which in most processes is never. */
  private static final class Lines {
    static final byte[] BYTES = read();

    private Lines() {}

    private static byte[] read() {
      try (InputStream in = Objects
        .requireNonNull(CommonPasswords.class.getResourceAsStream("common-passwords.txt"))) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Whether it is one of them, in small letters or capitals. */
  static boolean contains(String password) {
    byte[] wanted = password.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    byte[] lines = Lines.BYTES;
    int from = 0;
    int to = lines.length;
    while (from < to) {
      int start = (from + to) >>> 1;
      while (start > from && lines[start - 1] != '\n') {
        start--;
      }
      int end = start;
      while (lines[end] != '\n') {
        end++;
      }
      int order = Arrays.compareUnsigned(lines, start, end, wanted, 0, wanted.length);
      if (order == 0) {
        return true;
      }
      if (order < 0) {
        from = end + 1;
      } else {
        to = start;
      }
    }
    return false;
  }
}
