package dev.knatter.shared;

import java.util.Locale;

/** Sets how much the product logs, by the variable KNATTER_LOG_LEVEL. Without it {@code simplelogger.properties} decides. */
public final class LogLevel {
  private static final String VARIABLE = "KNATTER_LOG_LEVEL";
  private static final String PROPERTY = "org.slf4j.simpleLogger.log.dev.knatter";

  private LogLevel() {}

  /**
   * Sets the level. slf4j-simple reads the level when it makes a logger, so this must happen before the first logger is
   * made.
   *
   * @throws IllegalStateException if the variable holds a value that is not a level
   */
  public static void apply(Env env) {
    env.find(VARIABLE).ifPresent(text -> {
      String level = text.toLowerCase(Locale.ROOT);
      if (!level.matches("error|warn|info|debug|trace")) {
        throw new IllegalStateException(VARIABLE + " must be error, warn, info, debug or trace.");
      }
      System.setProperty(PROPERTY, level);
    });
  }
}
