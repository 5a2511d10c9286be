package dev.knatter.adapter;

import java.util.List;

import dev.knatter.adapter.http.Head;
import dev.knatter.adapter.http.Response;
import org.jspecify.annotations.Nullable;

/** Lets browsers of configured origins call (WHATWG Fetch §3.2). What it names back is its own copy of the origin. */
final class Cors {
  private static final String REQUEST_HEADERS = "Authorization, Content-Type, Idempotency-Key, If-Match, "
      + "If-None-Match, Last-Event-ID, traceparent, tracestate";
  private static final String ANSWER_HEADERS = String.join(", ", Answer.HEADERS);
  private static final String PREFLIGHT_SECONDS = "600";

  private final List<String> origins;

  Cors(List<String> origins) {
    this.origins = origins;
  }

  Response preflight(Head head, Response options, String methods) {
    if (allowed(head) == null || head.values("Access-Control-Request-Method").isEmpty()) {
      return options;
    }
    return options.with("Access-Control-Allow-Methods", methods)
      .with("Access-Control-Allow-Headers", REQUEST_HEADERS)
      .with("Access-Control-Max-Age", PREFLIGHT_SECONDS);
  }

  /** @param head null where nothing of it could be read */
  Response mark(@Nullable Head head, Response response) {
    if (origins.isEmpty()) {
      return response;
    }
    String origin = head == null ? unread() : allowed(head);
    Response marked = origin == null
        ? response
        : response.with("Access-Control-Allow-Origin", origin)
          .with("Access-Control-Expose-Headers", ANSWER_HEADERS);
    return origins.contains("*") ? marked : marked.varying("Origin");
  }

  /**
   * For a request of which nobody knows what its Origin said: a line too long, a field that is none, a head that did not
   * arrive. What is answered is the same for everybody and tells nothing of anybody, so whoever asked may read it; and a page
   * that may not read it would show its user that there is no connection.
   */
  private String unread() {
    return origins.size() == 1 ? origins.getFirst() : "*";
  }

  private @Nullable String allowed(Head head) {
    List<String> asked = head.values("Origin");
    if (asked.isEmpty() && !head.complete()) {
      return unread();
    }
    if (asked.size() != 1) {
      return null;
    }
    if (origins.contains("*")) {
      return "*";
    }
    return origins.stream().filter(asked.getFirst()::equals).findFirst().orElse(null);
  }
}
