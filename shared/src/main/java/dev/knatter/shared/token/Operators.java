package dev.knatter.shared.token;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

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
    Set<String> usernames = new HashSet<>();
    for (String each : env.get(VARIABLE, "").split(",")) {
      String username = each.strip().toLowerCase(Locale.ROOT);
      if (username.isEmpty()) {
        continue;
      }
      if (!USERNAME.matcher(username).matches()) {
        throw new IllegalStateException(VARIABLE + " must be usernames, separated by commas.");
      }
      usernames.add(username);
    }
    return new Operators(Set.copyOf(usernames));
  }

  boolean include(Identity identity) {
    return usernames.contains(identity.username());
  }
}
