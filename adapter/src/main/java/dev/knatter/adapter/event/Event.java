package dev.knatter.adapter.event;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent with its attributes checked.
 *
 * @param attributes by name; {@code id}, {@code source} and {@code type} are there and not empty
 * @param data       the tree of the event's JSON data, or null when it has none
 */
public record Event(Map<String, String> attributes, @Nullable Object data) {

  private static final String[] HANDED_ON = {"id", "source", "type", "subject", "time"};

  /** What a function sees of the attributes: {@code ce-id} and so on. */
  public Map<String, Object> headers() {
    Map<String, Object> headers = new LinkedHashMap<>();
    for (String name : HANDED_ON) {
      String value = attributes.get(name);
      if (value != null) {
        headers.put("ce-" + name, value);
      }
    }
    return headers;
  }
}
