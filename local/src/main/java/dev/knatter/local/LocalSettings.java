package dev.knatter.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import dev.knatter.embedded.CannotStartException;
import dev.knatter.shared.Env;

/**
 * The settings of a local instance.
 *
 * @param port on the loopback interface; 0 for any free one
 * @param data the folder of the instance's stores and keys
 * @param env the environment variables that the functions get
 */
public record LocalSettings(int port, Path data, Map<String, String> env) {
  /** The broker has the port above. */
  private static final int HIGHEST_PORT = 65_534;

  public LocalSettings {
    data = data.toAbsolutePath().normalize();
    env = Map.copyOf(env);
  }

  /** Reads KNATTER_PORT (8080) and KNATTER_DATA (.knatter). */
  public static LocalSettings from(Map<String, String> env) {
    Env names = Env.of(env);
    return new LocalSettings(port(names.get("KNATTER_PORT", "8080")),
        Path.of(names.get("KNATTER_DATA", ".knatter")),
        env);
  }

  /** Whether this instance runs a broker: unless the environment forbids it, or names another sink. */
  boolean hasBroker() {
    String wish = Env.of(env).get("KNATTER_BROKER", "on");
    if (!wish.equals("on") && !wish.equals("off")) {
      throw new CannotStartException("KNATTER_BROKER must be on or off, and is " + wish + ".");
    }
    return wish.equals("on") && !has("K_SINK");
  }

  /** The port above, or any free one. */
  int brokerPort() {
    return port == 0 ? 0 : port + 1;
  }

  boolean has(String name) {
    return Env.of(env).find(name).isPresent();
  }

  Path path(String name, Path otherwise) {
    return Env.of(env).findPath(name).orElse(otherwise);
  }

  /** These settings with more variables. */
  LocalSettings with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(env);
    all.putAll(more);
    return new LocalSettings(port, data, all);
  }

  /** These settings, with a variable set if it is not. */
  LocalSettings withDefault(String name, String value) {
    return has(name) ? this : with(Map.of(name, value));
  }

  private static int port(String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > HIGHEST_PORT) {
      throw new CannotStartException(
          "KNATTER_PORT must be a port, 0 to %d, and is %s.".formatted(HIGHEST_PORT, text));
    }
    return Integer.parseInt(text);
  }
}
