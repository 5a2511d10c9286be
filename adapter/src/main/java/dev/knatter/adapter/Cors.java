package dev.knatter.adapter;

import java.util.List;

import dev.knatter.adapter.http.RequestHead;
import dev.knatter.adapter.http.Response;
import org.jspecify.annotations.Nullable;

/**
 * Lets pages of configured origins call (WHATWG Fetch §3.2). The answer names the configured origin, and repeats
 * nothing of the request.
 */
final class Cors {
  private static final String REQUEST_HEADERS = "Authorization, Content-Type, Idempotency-Key, If-Match, "
      + "If-None-Match, Last-Event-ID, traceparent, tracestate";
  private static final String ANSWER_HEADERS = String.join(", ", Answer.HEADERS);
  private static final String PREFLIGHT_SECONDS = "600";

  private final List<String> origins;

  Cors(List<String> origins) {
    this.origins = origins;
  }

  Response preflight(RequestHead head, Response options, String methods) {
    if (allowed(head) == null || head.values("Access-Control-Request-Method").isEmpty()) {
      return options;
    }
    return options.with("Access-Control-Allow-Methods", methods)
      .with("Access-Control-Allow-Headers", REQUEST_HEADERS)
      .with("Access-Control-Max-Age", PREFLIGHT_SECONDS);
  }

  /**
   * Adds the fields by which a browser lets the page read the answer.
   *
   * @param head null where nothing of it could be read
   */
  Response mark(@Nullable RequestHead head, Response response) {
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
   * Whether a WebSocket may be opened: browsers let any page try, and leave it to the server to look at the page's origin (RFC 6455
   * §10.2). A request without one does not come from a page. The server's own pages may.
   *
   * @param own their origin, where Host does not tell it because a proxy has changed it
   */
  boolean mayConnect(RequestHead head, @Nullable String own) {
    List<String> asked = head.values("Origin");
    return asked.isEmpty() || allowed(head) != null || isOwn(asked, head.values("Host"))
        || (own != null && asked.equals(List.of(own)));
  }

  private static boolean isOwn(List<String> origins, List<String> hosts) {
    return origins.size() == 1 && hosts.size() == 1
        && (origins.getFirst().equalsIgnoreCase("http://" + hosts.getFirst())
            || origins.getFirst().equalsIgnoreCase("https://" + hosts.getFirst()));
  }

  /**
   * The origin for a request whose Origin field could not be read: its line is too long, a field is malformed, or its
   * head did not arrive. Every page may read the answer, because it is the same for everybody; a page that could not
   * read it would report to its user that there is no connection.
   */
  private String unread() {
    return origins.size() == 1 ? origins.getFirst() : "*";
  }

  private @Nullable String allowed(RequestHead head) {
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
