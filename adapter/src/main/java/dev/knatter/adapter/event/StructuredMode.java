package dev.knatter.adapter.event;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.knatter.adapter.json.InvalidInput;
import dev.knatter.adapter.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The whole event in one JSON object (CloudEvents JSON format 1.0 §3). */
public final class StructuredMode {
  private static final String DATA = "data";
  private static final String DATA_BASE64 = "data_base64";

  private StructuredMode() {}

  /** @throws InvalidInput when it is not a CloudEvent, or its data are not JSON */
  public static Event read(byte[] body, Json json) {
    ObjectNode envelope = json.object(body);
    Map<String, String> attributes = new LinkedHashMap<>();
    envelope.properties().forEach(member -> {
      JsonNode value = member.getValue();
      if (!member.getKey().equals(DATA) && !member.getKey().equals(DATA_BASE64) && !value.isNull()) {
        attributes.put(member.getKey(), text(member.getKey(), value));
      }
    });
    Attributes.check(attributes);
    return new Event(attributes, data(envelope, attributes.get("datacontenttype"), json));
  }

  private static String text(String name, JsonNode value) {
    // Specified attributes are strings; extensions may also be booleans and 32-bit integers (§2.2).
    boolean specified = Attributes.SPECIFIED.contains(name);
    if (value.isString() || (!specified && (value.isBoolean() || value.isInt()))) {
      return value.asString();
    }
    throw new InvalidInput(specified ? "/" + name : "", "must be a string");
  }

  private static @Nullable JsonNode data(ObjectNode envelope, @Nullable String type, Json json) {
    JsonNode data = envelope.get(DATA);
    JsonNode encoded = envelope.get(DATA_BASE64);
    if (data != null && encoded != null) {
      throw new InvalidInput("/" + DATA_BASE64, "must not be there beside data");
    }
    if (type != null && !Attributes.isJson(type)) {
      throw new InvalidInput("/datacontenttype", "must be application/json");
    }
    if (encoded == null) {
      return data;
    }
    try {
      return json.tree(Base64.getDecoder().decode(encoded.isString() ? encoded.asString() : "?"));
    } catch (IllegalArgumentException e) {
      throw new InvalidInput("/" + DATA_BASE64, "must be Base64");
    }
  }
}
