package dev.knatter.adapter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.knatter.adapter.http.RequestHead;
import org.jspecify.annotations.Nullable;

/** The header fields of a request that a function sees. */
final class CallerHeaders {
  static final List<String> OF_REQUEST = List.of("Authorization", "Idempotency-Key", "If-Match",
      "If-None-Match",
      "traceparent", "tracestate", "Last-Event-ID");
  static final List<String> OF_EVENT = List.of("traceparent", "tracestate");

  private CallerHeaders() {}

  /** Null when one of them is repeated: it would be ambiguous which of two tokens or keys counts. */
  static @Nullable Map<String, Object> read(RequestHead head, List<String> names) {
    Map<String, Object> headers = new HashMap<>();
    for (String name : names) {
      List<String> values = head.values(name);
      if (values.size() > 1) {
        return null;
      }
      values.forEach(value -> headers.put(name, value));
    }
    return headers;
  }
}
