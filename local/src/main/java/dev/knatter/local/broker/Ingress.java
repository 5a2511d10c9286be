package dev.knatter.local.broker;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

import dev.knatter.adapter.event.Event;
import dev.knatter.adapter.http.Fault;
import dev.knatter.adapter.http.Plan;
import dev.knatter.adapter.http.RequestHandler;
import dev.knatter.adapter.http.RequestHead;
import dev.knatter.adapter.http.Response;
import dev.knatter.adapter.json.InvalidInput;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes events at the broker's path. It answers with a status and nothing else, as Knative's ingress does. */
final class Ingress implements RequestHandler {
  private static final Logger log = LoggerFactory.getLogger(Ingress.class);
  private static final int MAX_EVENT_BYTES = 1 << 20;

  private final String path;
  private final ToIntFunction<Event> broker;

  /**
   * @param path   the broker's path: {@code /namespace/name}
   * @param broker takes an event and returns the status to answer
   */
  Ingress(String path, ToIntFunction<Event> broker) {
    this.path = path;
    this.broker = broker;
  }

  @Override
  public Plan plan(RequestHead head) {
    String target = head.target();
    if (!target.equals(path) && !target.equals(path + "/")) {
      return new Plan.Reply(Response.of(404));
    }
    if (!head.method().equals("POST")) {
      return new Plan.Reply(Response.of(405).with("Allow", "POST"));
    }
    return new Plan.Work(MAX_EVENT_BYTES, /* waits= */ false,
        (body, _) -> Response.of(take(fields(head), body)));
  }

  private int take(Map<String, List<String>> fields, byte[] body) {
    try {
      return broker.applyAsInt(CloudEvents.read(fields, body));
    } catch (InvalidInput e) {
      log.warn("A request is not a CloudEvent: {}", e.errors());
      return 400;
    }
  }

  private static Map<String, List<String>> fields(RequestHead head) {
    Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    head.names().forEach(name -> fields.put(name, head.values(name)));
    return fields;
  }

  @Override
  public Response fault(Fault fault, @Nullable RequestHead head) {
    return Response.of(switch (fault) {
      case MALFORMED -> 400;
      case LINE_TOO_LONG -> 414;
      case HEADERS_TOO_LARGE -> 431;
      case BODY_TOO_LARGE -> 413;
      case TOO_SLOW -> 408;
      case EXPECTATION -> 417;
      case BUSY -> InMemoryBroker.FULL;
    });
  }

  @Override
  public Response failed(Throwable failure, @Nullable RequestHead head) {
    log.error("Taking an event failed", failure);
    return Response.of(500);
  }
}
