package dev.knatter.adapter;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;

import dev.knatter.adapter.held.DirectStream;
import dev.knatter.adapter.held.HeldConnections;
import dev.knatter.adapter.held.StreamCalls;
import dev.knatter.adapter.held.SubscriptionFailed;
import dev.knatter.adapter.http.Hold;
import dev.knatter.adapter.http.Plan;
import dev.knatter.adapter.http.RequestHead;
import dev.knatter.adapter.http.Response;
import dev.knatter.adapter.http.WebSocketRequest;
import dev.knatter.adapter.json.InvalidInput;
import dev.knatter.adapter.json.Json;
import dev.knatter.adapter.json.TextFields;
import dev.knatter.adapter.stream.StreamEvent;
import dev.knatter.adapter.stream.StreamEvent.Holder;
import dev.knatter.adapter.stream.StreamEvent.Kind;
import dev.knatter.adapter.stream.Streaming;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;

/**
 * A function that serves a stream. A request that comes through a GRIP proxy is answered as the proxy needs it; every other one
 * becomes a connection that this process holds.
 */
final class StreamOperation implements Operation {
  /** POST is for proxies alone. */
  private static final String METHODS = "GET, OPTIONS";

  private final Route<?> route;
  private final StreamCalls calls;
  private final HeldConnections connections;
  private final DirectStream direct;
  private final GripOperation grip;
  private final Problems problems;
  private final CallerAddress callers;
  private final Cors cors;
  private final @Nullable String origin;
  private final Answer answer;

  StreamOperation(Route<?> route, Function<Message<?>, Message<?>> function, Streaming streaming,
      int concurrent,
      Json json, Problems problems, CallerAddress callers, Cors cors) {
    if (!PathTemplate.parse(route.path()).variables().isEmpty()) {
      throw new IllegalArgumentException("The path of a stream has no variables: " + route.path());
    }
    this.route = route;
    this.calls = new StreamCalls(function, problems::report, concurrent);
    this.connections = new HeldConnections(streaming.options());
    this.direct = new DirectStream(calls, connections, streaming.channels());
    this.answer = new Answer(json);
    this.grip = new GripOperation(route.function(), calls, streaming, problems, callers, cors, answer,
        InstantSource.system());
    this.problems = problems;
    this.callers = callers;
    this.cors = cors;
    this.origin = streaming.origin();
  }

  @Override
  public Route<?> route() {
    return route;
  }

  HeldConnections connections() {
    return connections;
  }

  @Override
  public Plan plan(RequestHead head, Map<String, String> variables, String query) {
    if (!head.values(GripOperation.SIGNATURE).isEmpty()) {
      return grip.plan(head, query);
    }
    if (!head.method().equals("GET")) {
      return new Plan.Reply(problems.of(Problem.METHOD_NOT_ALLOWED).with("Allow", METHODS));
    }
    boolean webSocket = WebSocketRequest.isAsked(head);
    Response refusal = webSocket ? refusalOfWebSocket(head) : refusalOfEventStream(head);
    return refusal != null
        ? new Plan.Reply(refusal)
        : open(head, query, webSocket ? Kind.WEBSOCKET : Kind.SSE);
  }

  /** Null where the handshake is right. */
  private @Nullable Response refusalOfWebSocket(RequestHead head) {
    if (!WebSocketRequest.hasVersion(head)) {
      return problems.of(Problem.UPGRADE_REQUIRED)
        .with("Sec-WebSocket-Version", WebSocketRequest.VERSION)
        .with("Upgrade", "websocket");
    }
    if (!WebSocketRequest.isWellFormed(head)) {
      return problems.of(Problem.INVALID_REQUEST);
    }
    return cors.mayConnect(head, origin) ? null : problems.of(Problem.FORBIDDEN);
  }

  private @Nullable Response refusalOfEventStream(RequestHead head) {
    return MediaTypes.accepts(head.values("Accept"), MediaTypes.EVENT_STREAM)
        ? null
        : problems.of(Problem.NOT_ACCEPTABLE);
  }

  private Plan open(RequestHead head, String query, Kind kind) {
    Map<String, Object> headers = CallerHeaders.read(head, CallerHeaders.OF_REQUEST);
    if (headers == null) {
      return new Plan.Reply(problems.repeatedField());
    }
    InetAddress address = callers.of(head);
    if (address != null) {
      headers.put(CallerAddress.HEADER, address);
    }
    try {
      StreamEvent event = new StreamEvent(StreamEvent.Type.OPENED, kind, Holder.PROCESS, DirectStream.newId(),
          TextFields.all(query), null, null);
      return new Plan.Work(0, /* waits= */ false, (_, _) -> open(event, headers, address));
    } catch (InvalidInput e) {
      return new Plan.Reply(problems.invalid(e.errors()));
    }
  }

  private Response open(StreamEvent event, Map<String, Object> headers, @Nullable InetAddress address) {
    if (!connections.tryEnter()) {
      return problems.unavailable();
    }
    boolean held = false;
    try {
      Message<?> message = calls.open(event, headers);
      if (Answer.status(message) >= Answer.FIRST_FAILURE) {
        return answer.of(message);
      }
      Hold hold = direct.hold(event, address, StreamCalls.answer(message));
      held = true;
      return event.kind() == Kind.WEBSOCKET
          ? Response.webSocket(hold)
          : Response.eventStream(hold, MediaTypes.EVENT_STREAM);
    } catch (SubscriptionFailed e) {
      problems.report(e);
      return problems.unavailable();
    } finally {
      if (!held) {
        connections.leave();
      }
    }
  }
}
