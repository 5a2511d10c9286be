package dev.knatter.chat.account;

import java.util.regex.Pattern;

import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/**
 * The rule for every text that people are shown as a name: a user's, a device's. 1 to 64 characters on one line, of which
 * at least one can be seen.
 */
public final class DisplayName {
  private static final int MAX = 64;

  /**
   * A letter, digit or sign. Not these, which are such by their category and show nothing: the fillers of Hangul (the
   * letters that are Default_Ignorable_Code_Point), the blanks of Braille, music and hieroglyphs, and the placeholder for
   * what is no text.
   */
  private static final Pattern VISIBLE = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S}&&"
      + "[^\\u115f\\u1160\\u3164\\uffa0\\u2800\\x{1d159}\\x{13441}\\x{13442}\\ufffc]]");

  /**
   * Controls, separators of lines and paragraphs, and what opens or closes a direction of writing (UAX #9 §2.1, 2.2,
   * 2.4, 2.5): left open, it would turn round what a screen shows after the name.
   */
  private static final Pattern REFUSED = Pattern
    .compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202a-\\u202e\\u2066-\\u2069]");

  private DisplayName() {}

  /** Notes an error where a name is none; absent is fine. */
  public static void check(Checks checks, @Nullable String name, String pointer) {
    checks.require(name == null || isOne(name), pointer, "must be 1 to " + MAX
        + " characters on one line, at least one of them visible, without control characters");
  }

  /** Whether people can be shown a text as a name. */
  static boolean isOne(String text) {
    return text.codePointCount(0, text.length()) <= MAX && Checks.isUnicode(text)
        && VISIBLE.matcher(text).find() && !REFUSED.matcher(text).find();
  }
}
