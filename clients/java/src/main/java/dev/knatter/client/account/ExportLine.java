package dev.knatter.client.account;

import java.util.Objects;

import dev.knatter.client.http.Json;
import org.jspecify.annotations.Nullable;

/**
 * A line of an export.
 *
 * @param type what it describes; {@code end} is the last one
 * @param json the line itself
 * @param after of a {@code cursor}, where to go on
 */
public record ExportLine(String type, String json, @Nullable String after) {
  static ExportLine of(String json) {
    Head head = Json.read(json, Head.class);
    return new ExportLine(head.type(), json, head.after());
  }

  record Head(String type, @Nullable String after) {
    Head {
      Objects.requireNonNull(type, "type");
    }
  }
}
