package dev.knatter.adapter.event;

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

  /** @throws InvalidInput when it is not a CloudEvent, or its data are not JSON */
  public static Event read(byte[] body, Json json) {
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
    return new Event(attributes, data(envelope, attributes.get("datacontenttype"), json));
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

  private static @Nullable Object data(Map<String, @Nullable Object> envelope, @Nullable String type,
      Json json) {
    if (envelope.containsKey(DATA) && envelope.containsKey(DATA_BASE64)) {
      throw new InvalidInput("/" + DATA_BASE64, "must not be there beside data");
    }
    if (type != null && !Attributes.isJson(type)) {
      throw new InvalidInput("/datacontenttype", "must be application/json");
    }
    if (!envelope.containsKey(DATA_BASE64)) {
      return envelope.get(DATA);
    }
    try {
      String text = envelope.get(DATA_BASE64) instanceof String given ? given : "?";
      // Of either alphabet (RFC 4648 §4 and §5): some libraries write the one of URLs.
      return json.tree(Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
    } catch (IllegalArgumentException e) {
      throw new InvalidInput("/" + DATA_BASE64, "must be Base64");
    }
  }
}
