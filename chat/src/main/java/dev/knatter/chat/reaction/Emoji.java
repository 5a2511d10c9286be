package dev.knatter.chat.reaction;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/**
 * The checked text of a reaction: what a reader sees as one sign (an extended grapheme cluster, UAX #29). Which signs
 * are emojis changes with every version of Unicode, so any visible sign is allowed.
 */
public record Emoji(String text) {
  /** The longest emojis, families and flags of regions, have less than 40 bytes of UTF-8. */
  static final int MAX_BYTES = 64;

  private static final Pattern ONE_SIGN = Pattern.compile("\\X");
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Z}\\p{Cc}\\p{Cf}\\p{M}]*");

  /** Checks the caller's text and adds an error to {@code checks}. The result may be used only if there is none. */
  public static Emoji check(Checks checks, @Nullable String text, String pointer) {
    checks.require(text != null, pointer, "is required");
    if (text != null) {
      checks.require(isOneSign(text), pointer, "must be one emoji, of at most 64 bytes of UTF-8");
    }
    return new Emoji(text == null ? "" : text);
  }

  private static boolean isOneSign(String text) {
    // The length comes first, because a pattern should not run over a long text of a stranger.
    return text.length() <= MAX_BYTES && Checks.isUnicode(text)
        && text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
        && ONE_SIGN.matcher(text).matches()
        && !INVISIBLE.matcher(text).matches();
  }
}
