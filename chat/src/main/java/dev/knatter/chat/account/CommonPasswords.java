package dev.knatter.chat.account;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * The list of the most common passwords, which an attacker tries first. The file has one password a line, in lower
 * case and sorted by bytes; the search works on its bytes.
 */
final class CommonPasswords {
  private CommonPasswords() {}

  /** A holder class, so that the file is read at its first use. Most processes never need it. */
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

  /** Whether a password is in the list. Upper and lower case do not matter. */
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
