package dev.knatter.cli;

/**
 * Text of strangers, for a terminal. A terminal obeys control characters: they could move the cursor, change what was shown
 * before, or type for the reader. Overrides of the direction of writing could make a message look like two.
 */
final class SafeText {
  private static final char REPLACEMENT = '\uFFFD';

  private SafeText() {}

  /** On one line. */
  static String line(String text) {
    return text.codePoints()
      .map(each -> each == '\n' || each == '\t' ? ' ' : safe(each))
      .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
      .toString();
  }

  /** With its lines, of which all but the first are indented, so that none looks like another message. */
  static String block(String text) {
    return String.join("\n    ", text.lines().map(SafeText::line).toList());
  }

  /** JSON text is free of the lower control characters already. Those of ISO 6429 above ASCII are escaped. */
  static String json(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each >= 0x7F && each <= 0x9F) {
        safe.append("\\u%04x".formatted((int) each));
      } else {
        safe.append(each);
      }
    }
    return safe.toString();
  }

  private static int safe(int each) {
    boolean directs = (each >= 0x202A && each <= 0x202E) || (each >= 0x2066 && each <= 0x2069)
        || each == 0x200E || each == 0x200F || each == 0x061C;
    boolean breaks = each == 0x2028 || each == 0x2029;
    return Character.isISOControl(each) || directs || breaks || Character.getType(each) == Character.SURROGATE
        ? REPLACEMENT
        : each;
  }
}
