package dev.knatter.adapter.json;

/**
 * The name of a field that a caller sent, as a part of a JSON pointer (RFC 6901). A name may be an attack on the program that
 * shows it, so it is cut, and characters that end a line, change the direction of text, are invisible or are markup are
 * replaced.
 */
final class PointerToken {
  private static final int LONGEST = 64;
  private static final String MARKUP = "<>&\"'`\\";
  private static final String REPLACEMENT = "\uFFFD";

  private PointerToken() {}

  static String of(String name) {
    StringBuilder token = new StringBuilder();
    for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
      String written = written(name.codePointAt(i));
      if (token.length() + written.length() > LONGEST) {
        break;
      }
      token.append(written);
    }
    return token.toString();
  }

  private static String written(int codePoint) {
    return switch (codePoint) {
      case '~' -> "~0";
      case '/' -> "~1";
      default -> isHarmless(codePoint) ? Character.toString(codePoint) : REPLACEMENT;
    };
  }

  private static boolean isHarmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE,
          Character.UNASSIGNED, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
        false;
      default -> MARKUP.indexOf(codePoint) < 0;
    };
  }
}
