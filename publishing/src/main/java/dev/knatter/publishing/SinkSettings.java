package dev.knatter.publishing;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.knatter.adapter.json.InvalidInput;
import dev.knatter.adapter.json.Json;
import dev.knatter.shared.Env;

/**
 * Where the product sends events, and what the events hold.
 *
 * @param sink       an http or https address
 * @param source     the attribute {@code source} of every event
 * @param content    whether events hold the text that users wrote
 * @param extensions further attributes of every event
 */
record SinkSettings(URI sink, String source, boolean content, Map<String, String> extensions) {
  /**
   * Reads K_SINK and K_CE_OVERRIDES, which Knative's SinkBinding sets, KNATTER_EVENTS_SOURCE and KNATTER_EVENTS_CONTENT.
   * Empty without K_SINK.
   */
  static Optional<SinkSettings> from(Env env) {
    return env.find("K_SINK")
      .map(sink -> new SinkSettings(uri(sink), env.get("KNATTER_EVENTS_SOURCE", "/knatter"), content(env),
          extensions(env.get("K_CE_OVERRIDES", "{}"))));
  }

  private static URI uri(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // the code below refuses it
    }
    throw new IllegalArgumentException("K_SINK must be an address that begins with http:// or https://.");
  }

  private static boolean content(Env env) {
    String text = env.get("KNATTER_EVENTS_CONTENT", "false");
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("KNATTER_EVENTS_CONTENT must be true or false.");
    }
    return text.equals("true");
  }

  /** Reads the JSON that Knative writes: {@code {"extensions": {"name": "value"}}}. */
  private static Map<String, String> extensions(String overrides) {
    Map<String, String> extensions = new LinkedHashMap<>();
    try {
      Object given = new Json().object(overrides.getBytes(StandardCharsets.UTF_8)).get("extensions");
      if (given instanceof Map<?, ?> map) {
        map.forEach((name, value) -> extensions.put(String.valueOf(name), String.valueOf(value)));
      }
    } catch (InvalidInput e) {
      throw new IllegalArgumentException("K_CE_OVERRIDES must be a JSON object.", e);
    }
    return extensions;
  }
}
