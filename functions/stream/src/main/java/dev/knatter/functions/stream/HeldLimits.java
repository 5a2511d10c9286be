package dev.knatter.functions.stream;

import dev.knatter.adapter.stream.StreamOptions;
import dev.knatter.shared.Env;

/** The limits of held connections that operators can change: {@code docs/configuration.md} says their variables. */
final class HeldLimits {
  private static final String IN_ALL = "KNATTER_MAX_HELD";
  private static final String OF_A_USER = "KNATTER_MAX_HELD_PER_USER";

  private HeldLimits() {}

  /**
   * The options with the limits that the environment sets.
   *
   * @throws IllegalStateException where one is no number from 1 to 999,999
   */
  static StreamOptions of(StreamOptions options, Env env) {
    return options.withMaxConnections(number(env, IN_ALL, options.maxConnections()))
      .withMaxPerKey(number(env, OF_A_USER, options.maxPerKey()));
  }

  private static int number(Env env, String name, int otherwise) {
    String text = env.get(name, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw new IllegalStateException(name + " must be a number from 1 to 999999.");
    }
    return Integer.parseInt(text);
  }
}
