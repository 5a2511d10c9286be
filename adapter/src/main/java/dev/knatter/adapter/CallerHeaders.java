package dev.knatter.adapter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.knatter.adapter.http.RequestHead;
import org.jspecify.annotations.Nullable;

/** The header fields of a request that a function sees. */
final class CallerHeaders {
  static final List<String> OF_REQUEST = List.of("Authorization", "Idempotency-Key", "If-Match",
      "If-None-Match", "Origin", "traceparent", "tracestate", "Last-Event-ID");
  static final List<String> OF_EVENT = List.of("traceparent", "tracestate");

  private CallerHeaders() {}

  /** Those of a request, with its cookies in one line (RFC 9113 §8.2.3 lets proxies split it), and the type of its body. */
  static @Nullable Map<String, Object> ofRequest(RequestHead head) {
    Map<String, Object> headers = read(head, OF_REQUEST);
    List<String> cookies = head.values("Cookie");
    if (headers != null && !cookies.isEmpty()) {
      headers.put("Cookie", String.join("; ", cookies));
    }
    String type = MediaTypes.ofContent(head.values("Content-Type"));
    if (headers != null && type != null) {
      headers.put("Content-Type", type);
    }
    return headers;
  }

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
