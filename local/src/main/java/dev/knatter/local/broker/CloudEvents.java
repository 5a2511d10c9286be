package dev.knatter.local.broker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import dev.knatter.adapter.event.BinaryMode;
import dev.knatter.adapter.event.Event;
import dev.knatter.adapter.event.StructuredMode;
import dev.knatter.adapter.json.InvalidInput;
import dev.knatter.adapter.json.Json;

/**
 * Reads CloudEvents from requests and from answers, in binary and in structured mode. The maps of header fields must ignore
 * the case of names.
 */
final class CloudEvents {
  private static final String DATA_TYPE = "datacontenttype";
  private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");
  private static final Json JSON = new Json();

  private CloudEvents() {}

  /** Whether there is an event, well-formed or not, by the rule of Knative's CloudEvents SDK. */
  static boolean isIn(Map<String, List<String>> fields) {
    return isStructured(fields) || fields.containsKey("ce-specversion");
  }

  /** @throws InvalidInput if it is not a CloudEvent */
  static Event read(Map<String, List<String>> fields, byte[] body) {
    boolean structured = isStructured(fields);
    Event event = structured
        ? StructuredMode.read(body, JSON, /* anyType= */ true)
        : BinaryMode.read(fields, body);
    Map<String, String> attributes = new LinkedHashMap<>(event.attributes());
    if (structured && event.data().length > 0) {
      attributes.putIfAbsent(DATA_TYPE, "application/json"); // CloudEvents JSON format §3.1
    } else if (!structured) {
      values(fields, "Content-Type").forEach(type -> attributes.put(DATA_TYPE, type));
    }
    if (!PRINTABLE.matcher(attributes.getOrDefault(DATA_TYPE, "none")).matches()) {
      throw new InvalidInput("/" + DATA_TYPE, "must be a media type");
    }
    return new Event(attributes, event.data());
  }

  private static boolean isStructured(Map<String, List<String>> fields) {
    return values(fields, "Content-Type").stream()
      .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
      .anyMatch("application/cloudevents+json"::equals);
  }

  private static List<String> values(Map<String, List<String>> fields, String name) {
    return fields.getOrDefault(name, List.of());
  }
}
