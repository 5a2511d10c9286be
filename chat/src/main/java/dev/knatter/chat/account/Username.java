package dev.knatter.chat.account;

import java.util.Optional;
import java.util.regex.Pattern;

import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/**
 * A name as it is stored: 3 to 32 of a–z, 0–9, '.', '_' and '-', beginning with a letter or digit. Callers may write
 * it with A–Z. Only those are folded: no other letter ever becomes one of these, as U+212A becomes k elsewhere.
 */
public record Username(String value) {
  static final String RULE = "must be 3 to 32 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit";

  private static final Pattern STORED = Pattern.compile("[a-z0-9][a-z0-9._-]{2,31}");

  public Username {
    if (!STORED.matcher(value).matches()) {
      throw new IllegalArgumentException("not a username");
    }
  }

  /** The name that a caller wrote; empty where it cannot be anybody's. */
  public static Optional<Username> parse(@Nullable String text) {
    if (text == null || text.length() > 32) {
      return Optional.empty();
    }
    StringBuilder folded = new StringBuilder(text);
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        folded.setCharAt(i, (char) (c - 'A' + 'a'));
      }
    }
    return STORED.matcher(folded).matches() ? Optional.of(new Username(folded.toString())) : Optional.empty();
  }

  /** As {@link #parse}; what is wrong is noted. */
  public static Optional<Username> check(Checks checks, @Nullable String text, String pointer) {
    Optional<Username> name = parse(text);
    checks.require(name.isPresent(), pointer, text == null ? "is required" : RULE);
    return name;
  }
}
