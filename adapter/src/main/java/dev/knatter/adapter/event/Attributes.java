package dev.knatter.adapter.event;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.knatter.adapter.json.InvalidInput;
import org.jspecify.annotations.Nullable;

/** The rules for context attributes (CloudEvents 1.0 §3), the same in both modes. */
final class Attributes {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+");
  static final Set<String> SPECIFIED = Set.of("specversion", "id", "source", "type", "subject", "time",
      "datacontenttype", "dataschema");
  private static final Pattern JSON = Pattern.compile("application/([a-z0-9.-]+\\+)?json\\s*(;.*)?",
      Pattern.CASE_INSENSITIVE);
  private static final List<String> REQUIRED = List.of("id", "source", "type");
  private static final List<String> NOT_EMPTY = List.of("subject", "datacontenttype", "dataschema");

  private Attributes() {}

  static boolean isJson(String contentType) {
    return JSON.matcher(contentType).matches();
  }

  static void check(Map<String, String> attributes) {
    for (String name : attributes.keySet()) {
      if (!NAME.matcher(name).matches()) {
        throw new InvalidInput("", "has an attribute name that is not lower-case letters and digits");
      }
    }
    if (!"1.0".equals(attributes.get("specversion"))) {
      throw new InvalidInput("/specversion", "must be 1.0");
    }
    for (String name : REQUIRED) {
      if (attributes.getOrDefault(name, "").isEmpty()) {
        throw new InvalidInput("/" + name, "must not be empty");
      }
    }
    for (String name : NOT_EMPTY) {
      if ("".equals(attributes.get(name))) {
        throw new InvalidInput("/" + name, "must not be empty");
      }
    }
    checkUri(attributes, "source");
    checkUri(attributes, "dataschema");
    checkTime(attributes.get("time"));
  }

  private static void checkUri(Map<String, String> attributes, String name) {
    try {
      new URI(attributes.getOrDefault(name, ""));
    } catch (URISyntaxException e) {
      throw new InvalidInput("/" + name, "must be a URI");
    }
  }

  private static void checkTime(@Nullable String time) {
    try {
      if (time != null) {
        OffsetDateTime.parse(time);
      }
    } catch (DateTimeException e) {
      throw new InvalidInput("/time", "must be an RFC 3339 time");
    }
  }
}
