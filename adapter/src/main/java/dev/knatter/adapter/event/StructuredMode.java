package dev.knatter.adapter.event;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.knatter.adapter.json.InvalidInput;
import dev.knatter.adapter.json.Json;
import org.jspecify.annotations.Nullable;

/** The whole event in one JSON object (CloudEvents JSON format 1.0 §3). */
public final class StructuredMode {
  private static final String DATA = "data";
  private static final String DATA_BASE64 = "data_base64";

  private StructuredMode() {}

  /**
   * @param anyType whether data of another type than JSON are taken
   * @throws InvalidInput when it is not a CloudEvent, or its data are not of a type that is taken
   */
  public static Event read(byte[] body, Json json, boolean anyType) {
    Map<String, @Nullable Object> envelope = json.object(body);
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Object> member : envelope.entrySet()) {
      String name = member.getKey();
      Object value = member.getValue();
      if (!name.equals(DATA) && !name.equals(DATA_BASE64) && value != null) {
        attributes.put(name, text(name, value));
      }
    }
    Attributes.check(attributes);
    boolean isJson = Attributes.isJson(attributes.getOrDefault("datacontenttype", "application/json"));
    if (!isJson && !anyType) {
      throw new InvalidInput("/datacontenttype", "must be application/json");
    }
    return new Event(attributes, data(envelope, isJson, json));
  }

  private static String text(String name, Object value) {
    // Specified attributes are strings; extensions may also be booleans and 32-bit integers (§2.2).
    boolean specified = Attributes.SPECIFIED.contains(name);
    if (value instanceof String text) {
      return text;
    }
    if (!specified
        && (value instanceof Boolean || (value instanceof Long number && number == number.intValue()))) {
      return value.toString();
    }
    throw new InvalidInput(specified ? "/" + name : "", "must be a string");
  }

  /** §3.1.1: data that are not JSON are the content of a string. */
  private static byte[] data(Map<String, @Nullable Object> envelope, boolean isJson, Json json) {
    if (envelope.containsKey(DATA) && envelope.containsKey(DATA_BASE64)) {
      throw new InvalidInput("/" + DATA_BASE64, "must not be there beside data");
    }
    if (!envelope.containsKey(DATA_BASE64)) {
      Object data = envelope.get(DATA);
      return switch (data) {
        case null -> new byte[0];
        case String text when !isJson -> text.getBytes(StandardCharsets.UTF_8);
        default -> json.write(data);
      };
    }
    try {
      String text = envelope.get(DATA_BASE64) instanceof String given ? given : "?";
      // Of either alphabet (RFC 4648 §4 and §5): some libraries write the one of URLs.
      return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException e) {
      throw new InvalidInput("/" + DATA_BASE64, "must be Base64");
    }
  }
}
