package dev.knatter.adapter.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;

/** JSON while it is written, in UTF-8. */
final class Output {
  private static final int SIZE = 512;
  /** The bytes of the longest escape, \u001F; no character takes more. */
  private static final int LONGEST = 6;
  /** The bytes of a UUID in its quotes. */
  private static final int ID_LENGTH = 38;
  private static final String HEX = "0123456789ABCDEF";
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(US_ASCII);

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
    byte[] utf8 = text.getBytes(UTF_8);
    if (isCopied(utf8)) {
      reserve(utf8.length);
      System.arraycopy(utf8, 0, bytes, size, utf8.length);
      size += utf8.length;
    } else {
      characters(text);
    }
    ascii('"');
  }

  /**
   * Whether nothing is to be escaped, for sure: not with a question mark, which may stand for a surrogate without its partner. One
   * loop without calls: what a new process answers first, is written by the interpreter.
   */
  private static boolean isCopied(byte[] utf8) {
    for (byte b : utf8) {
      if ((b >= 0 && b < ' ') || b == '"' || b == '\\' || b == '?') {
        return false;
      }
    }
    return true;
  }

  private void characters(String text) {
    for (int i = 0; i < text.length(); i++) {
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

  /** RFC 9562 §4. Not by UUID.toString, whose variable handles take the interpreter ten times as long. */
  void id(UUID id) {
    reserve(ID_LENGTH);
    put('"');
    hex(id.getMostSignificantBits(), 60, 32);
    put('-');
    hex(id.getMostSignificantBits(), 28, 16);
    put('-');
    hex(id.getMostSignificantBits(), 12, 0);
    put('-');
    hex(id.getLeastSignificantBits(), 60, 48);
    put('-');
    hex(id.getLeastSignificantBits(), 44, 0);
    put('"');
  }

  private void hex(long bits, int first, int last) {
    for (int shift = first; shift >= last; shift -= 4) {
      put(DIGITS[(int) (bits >>> shift) & 0xf]);
    }
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
