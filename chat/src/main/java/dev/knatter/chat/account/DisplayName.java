package dev.knatter.chat.account;

import java.util.regex.Pattern;

import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/** The rule for names that are shown to people: 1 to 64 characters on one line, at least one of them visible. */
public final class DisplayName {
  private static final int MAX = 64;

  /**
   * A letter, digit, punctuation mark or symbol. The excluded characters have such a category but show nothing: the
   * Hangul fillers, the blanks of Braille, music and hieroglyphs, and the object replacement character.
   */
  private static final Pattern VISIBLE = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S}&&"
      + "[^\\u115f\\u1160\\u3164\\uffa0\\u2800\\x{1d159}\\x{13441}\\x{13442}\\ufffc]]");

  /**
   * Control characters, line and paragraph separators, and the characters that open or close a writing direction (UAX
   * #9 §2.1, 2.2, 2.4, 2.5). An unclosed one would reverse the text that a screen shows after the name.
   */
  private static final Pattern REFUSED = Pattern
    .compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202a-\\u202e\\u2066-\\u2069]");

  private DisplayName() {}

  /** Adds an error if the name is not valid. An absent name is valid. */
  public static void check(Checks checks, @Nullable String name, String pointer) {
    checks.require(name == null || isValid(name), pointer, "must be 1 to " + MAX
        + " characters on one line, at least one of them visible, without control characters");
  }

  static boolean isValid(String text) {
    return text.codePointCount(0, text.length()) <= MAX && Checks.isUnicode(text)
        && VISIBLE.matcher(text).find() && !REFUSED.matcher(text).find();
  }
}
