package dev.knatter.shared.token;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.knatter.shared.Env;

/**
 * The operators: the users whom {@code KNATTER_OPERATORS} names. Their tokens get the scope {@link #SCOPE}.
 *
 * @param usernames in the form in which they are stored
 */
public record Operators(Set<String> usernames) {
  /** The scope (RFC 8693 §4.2) of a token that may call the operations for operators. */
  public static final String SCOPE = "knatter:operator";

  private static final String VARIABLE = "KNATTER_OPERATORS";
  private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._-]{2,31}");

  /** @throws IllegalStateException if the variable holds a text that is not a username */
  static Operators from(Env env) {
    Set<String> usernames = Stream.of(env.get(VARIABLE, "").split(","))
      .map(each -> each.strip().toLowerCase(Locale.ROOT))
      .filter(each -> !each.isEmpty())
      .collect(Collectors.toUnmodifiableSet());
    if (!usernames.stream().allMatch(each -> USERNAME.matcher(each).matches())) {
      throw new IllegalStateException(VARIABLE + " must be usernames, separated by commas.");
    }
    return new Operators(usernames);
  }

  boolean include(Identity identity) {
    return usernames.contains(identity.username());
  }
}
