package dev.knatter.adapter.json;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/** JSON while it is written, in UTF-8. */
final class Output {
  private static final int SIZE = 512;
  /** The bytes of the longest escape, \u001F; no character takes more. */
  private static final int LONGEST = 6;
  private static final String HEX = "0123456789ABCDEF";

  private byte[] bytes = new byte[SIZE];
  private int size;

  byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  void ascii(char c) {
    reserve(1);
    put(c);
  }

  @SuppressWarnings("deprecation") // the one way to copy them at once: of the characters it takes the lower bytes
  void ascii(String text) {
    reserve(text.length());
    text.getBytes(0, text.length(), bytes, size);
    size += text.length();
  }

  /**
   * Escapes what must be (RFC 8259 §7), which a surrogate without its partner must as well, since UTF-8 cannot carry it,
   * and nothing else.
   */
  void quoted(String text) {
    ascii('"');
    for (int i = plain(text); i < text.length(); i++) {
      char c = text.charAt(i);
      reserve(LONGEST);
      if (isPlain(c)) {
        put(c);
      } else if (c < 0x80) {
        escaped(c);
      } else if (!Character.isSurrogate(c)) {
        encoded(c);
      } else if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
        encoded(text.codePointAt(i));
        i++;
      } else {
        escaped(c);
      }
    }
    ascii('"');
  }

  /** Writes what comes before the first character that takes more than its byte, and tells how much that is. */
  private int plain(String text) {
    int length = text.length();
    reserve(length);
    byte[] out = bytes;
    int start = size;
    int i = 0;
    while (i < length && isPlain(text.charAt(i))) {
      out[start + i] = (byte) text.charAt(i);
      i++;
    }
    size = start + i;
    return i;
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x80 && c != '"' && c != '\\';
  }

  private void escaped(char c) {
    put('\\');
    int letter = "\"\\\b\f\n\r\t".indexOf(c);
    if (letter >= 0) {
      put("\"\\bfnrt".charAt(letter));
    } else {
      put('u');
      for (int shift = 12; shift >= 0; shift -= 4) {
        put(HEX.charAt((c >> shift) & 0xf));
      }
    }
  }

  /** RFC 3629 §3. */
  private void encoded(int c) {
    if (c < 0x800) {
      put(0xc0 | (c >> 6));
    } else if (c < 0x10000) {
      put(0xe0 | (c >> 12));
      put(continuation(c >> 6));
    } else {
      put(0xf0 | (c >> 18));
      put(continuation(c >> 12));
      put(continuation(c >> 6));
    }
    put(continuation(c));
  }

  private static int continuation(int c) {
    return 0x80 | (c & 0x3f);
  }

  /** RFC 3339 in UTC with exactly three digits of a second, so that texts sort as times do. */
  void time(Instant instant) {
    OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
    if (time.getYear() < 0 || time.getYear() > 9999) {
      throw new IllegalArgumentException("An answer has a time that RFC 3339 cannot say");
    }
    ascii('"');
    digits(time.getYear(), 4, '-');
    digits(time.getMonthValue(), 2, '-');
    digits(time.getDayOfMonth(), 2, 'T');
    digits(time.getHour(), 2, ':');
    digits(time.getMinute(), 2, ':');
    digits(time.getSecond(), 2, '.');
    digits(time.getNano() / 1_000_000, 3, 'Z');
    ascii('"');
  }

  private void digits(int value, int digits, char end) {
    reserve(digits);
    int rest = value;
    for (int i = size + digits - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
    ascii(end);
  }

  private void put(int b) {
    bytes[size++] = (byte) b;
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
