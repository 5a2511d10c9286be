package dev.knatter.chat.account;

import java.util.Optional;
import java.util.regex.Pattern;

import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/**
 * A username in its stored form: 3 to 32 of a–z, 0–9, '.', '_' and '-', beginning with a letter or digit. Callers may
 * write A–Z, which are converted. No other letter is converted: elsewhere U+212A, for example, becomes k.
 */
public record Username(String value) {
  static final String RULE = "must be 3 to 32 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit";

  private static final Pattern STORED = Pattern.compile("[a-z0-9][a-z0-9._-]{2,31}");

  public Username {
    if (!STORED.matcher(value).matches()) {
      throw new IllegalArgumentException("not a username");
    }
  }

  /** The name that a caller wrote; empty if nobody can have such a name. */
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

  /** Like {@link #parse}, and adds an error if the name is not valid. */
  public static Optional<Username> check(Checks checks, @Nullable String text, String pointer) {
    Optional<Username> name = parse(text);
    checks.require(name.isPresent(), pointer, text == null ? "is required" : RULE);
    return name;
  }
}
