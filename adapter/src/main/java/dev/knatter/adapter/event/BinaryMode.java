package dev.knatter.adapter.event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.knatter.adapter.http.RequestHead;
import dev.knatter.adapter.json.InvalidInput;
import dev.knatter.adapter.json.PercentEncoding;

/** Attributes in {@code ce-} fields, data in the body (CloudEvents HTTP binding 1.0 §3.1). */
public final class BinaryMode {
  private static final String PREFIX = "ce-";

  private BinaryMode() {}

  /** @throws InvalidInput when it is not a CloudEvent */
  public static Event read(RequestHead head, byte[] body) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    head.names().forEach(name -> fields.put(name, head.values(name)));
    return read(fields, body);
  }

  /**
   * @param fields of a request or of an answer: the values by name, in any case
   * @throws InvalidInput when it is not a CloudEvent
   */
  public static Event read(Map<String, List<String>> fields, byte[] body) {
    Map<String, String> attributes = new LinkedHashMap<>();
    fields.forEach((field, values) -> {
      String name = field.toLowerCase(Locale.ROOT);
      if (!name.startsWith(PREFIX)) {
        return;
      }
      if (values.size() != 1) {
        throw new InvalidInput("", "has an attribute twice");
      }
      attributes.put(name.substring(PREFIX.length()), decode(values.getFirst()));
    });
    if (attributes.containsKey("datacontenttype")) {
      throw new InvalidInput("/datacontenttype", "must be the Content-Type field"); // §3.1.1
    }
    Attributes.check(attributes);
    return new Event(attributes, body);
  }

  /** §3.1.3.2: a quoted value loses its quotes, then percent-encoding is undone. */
  private static String decode(String value) {
    String plain = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
        : value;
    String decoded = plain.chars().allMatch(c -> c >= ' ' && c < 0x7f) ? PercentEncoding.decode(plain) : null;
    if (decoded == null) {
      throw new InvalidInput("", "has an attribute that is not percent-encoded UTF-8");
    }
    return decoded;
  }
}
