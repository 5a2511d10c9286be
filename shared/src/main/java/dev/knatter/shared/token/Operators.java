package dev.knatter.shared.token;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.knatter.shared.Env;

/**
 * The users whose tokens get the scope of operators: those whom {@code KNATTER_OPERATORS} names.
 *
 * @param usernames as they are stored
 */
public record Operators(Set<String> usernames) {
  /** The scope of a token (RFC 8693 §4.2) whose bearer may use the operations for operators. */
  public static final String SCOPE = "knatter:operator";

  private static final String VARIABLE = "KNATTER_OPERATORS";
  private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._-]{2,31}");

  /** @throws IllegalStateException where the variable holds what no username is */
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
