package dev.knatter.adapter;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.knatter.adapter.held.DirectStream;
import dev.knatter.adapter.held.GripEventStream;
import dev.knatter.adapter.held.GripSignature;
import dev.knatter.adapter.held.GripWebSocket;
import dev.knatter.adapter.held.StateSeal;
import dev.knatter.adapter.held.StreamCalls;
import dev.knatter.adapter.held.WebSocketEvent;
import dev.knatter.adapter.http.Plan;
import dev.knatter.adapter.http.RequestHead;
import dev.knatter.adapter.http.Response;
import dev.knatter.adapter.http.WebSocketRequest;
import dev.knatter.adapter.json.InvalidInput;
import dev.knatter.adapter.json.TextFields;
import dev.knatter.adapter.stream.StreamAnswer;
import dev.knatter.adapter.stream.StreamEvent;
import dev.knatter.adapter.stream.StreamEvent.Holder;
import dev.knatter.adapter.stream.StreamEvent.Kind;
import dev.knatter.adapter.stream.Streaming;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;

/**
 * A stream's requests that claim to come through a GRIP proxy. The signature proves only that they do: a proxy signs whatever it
 * forwards, also what a client has made up. So an opening is checked like any other request, and everything after it needs what
 * the opening has sealed.
 */
final class GripOperation {
  static final String SIGNATURE = "Grip-Sig";
  /** Pushpin collects 200,000 bytes of messages, and then adds the one that it has begun. */
  private static final int MAX_BODY = 512 * 1024;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  /** What is there only where keys are configured. */
  private record Trust(GripSignature signature, StateSeal seal, GripWebSocket webSocket,
      GripEventStream eventStream) {}

  private final StreamCalls calls;
  private final Problems problems;
  private final CallerAddress callers;
  private final Cors cors;
  private final @Nullable String origin;
  private final Answer answer;
  private final @Nullable Trust trust;

  GripOperation(String function, StreamCalls calls, Streaming streaming, Problems problems,
      CallerAddress callers,
      Cors cors, Answer answer, InstantSource clock) {
    this.calls = calls;
    this.problems = problems;
    this.callers = callers;
    this.cors = cors;
    this.origin = streaming.origin();
    this.answer = answer;
    if (streaming.grip() == null) {
      this.trust = null;
      return;
    }
    StateSeal seal = new StateSeal(streaming.grip().seal(), function, clock);
    this.trust = new Trust(new GripSignature(streaming.grip().signature(), clock), seal,
        new GripWebSocket(calls, streaming.options(), seal),
        new GripEventStream(calls, streaming.options(), seal, MediaTypes.EVENT_STREAM));
  }

  Plan plan(RequestHead head, String query) {
    List<String> signatures = head.values(SIGNATURE);
    if (trust == null || signatures.size() != 1 || !trust.signature().isValid(signatures.getFirst())) {
      return new Plan.Reply(problems.of(Problem.FORBIDDEN));
    }
    Trust known = trust;
    if (head.method().equals("POST")) {
      return WebSocketEvent.MEDIA_TYPE.equals(MediaTypes.ofContent(head.values("Content-Type")))
          ? new Plan.Work(MAX_BODY, /* waits= */ false, (body, _) -> webSocket(known, head, query, body))
          : new Plan.Reply(problems.of(Problem.UNSUPPORTED_MEDIA_TYPE));
    }
    // A proxy that forwards the WebSocket itself lacks over_http in its route; then it would hold nothing.
    if (WebSocketRequest.isAsked(head)) {
      return new Plan.Reply(problems.of(Problem.INVALID_REQUEST));
    }
    return MediaTypes.accepts(head.values("Accept"), MediaTypes.EVENT_STREAM)
        ? new Plan.Work(0, /* waits= */ false, (_, _) -> eventStream(known, head, query))
        : new Plan.Reply(problems.of(Problem.NOT_ACCEPTABLE));
  }

  private Response webSocket(Trust known, RequestHead head, String query, byte[] body) {
    List<String> ids = head.values("Connection-Id");
    List<WebSocketEvent> events = WebSocketEvent.decode(body);
    if (ids.size() != 1 || !ID.matcher(ids.getFirst()).matches() || events == null) {
      return problems.of(Problem.INVALID_REQUEST);
    }
    String id = ids.getFirst();
    if (events.size() == 1 && events.getFirst().type().equals("OPEN")) {
      return cors.mayConnect(head, origin)
          ? open(known, head, query, Kind.WEBSOCKET, id)
          : problems.of(Problem.FORBIDDEN);
    }
    List<String> states = head.values("Meta-State");
    StateSeal.Kept kept = states.size() == 1 ? known.seal().openWebSocket(id, states.getFirst()) : null;
    return kept == null
        ? problems.of(Problem.FORBIDDEN)
        : known.webSocket().next(id, kept.state(), events, callers.of(head));
  }

  private Response eventStream(Trust known, RequestHead head, String query) {
    try {
      String next = TextFields.all(query).get(GripEventStream.NEXT);
      if (next == null) {
        return open(known, head, query, Kind.SSE, DirectStream.newId());
      }
      StateSeal.Kept kept = known.seal().openLink(next);
      if (kept == null) {
        return problems.of(Problem.FORBIDDEN);
      }
      Response part = known.eventStream().next(kept);
      return part == null ? problems.unavailable() : part;
    } catch (InvalidInput e) {
      return problems.invalid(e.errors());
    }
  }

  private Response open(Trust known, RequestHead head, String query, Kind kind, String id) {
    Map<String, Object> headers = CallerHeaders.read(head, CallerHeaders.OF_REQUEST);
    if (headers == null) {
      return problems.repeatedField();
    }
    InetAddress address = callers.of(head);
    if (address != null) {
      headers.put(CallerAddress.HEADER, address);
    }
    try {
      Message<?> message = calls.open(
          new StreamEvent(StreamEvent.Type.OPENED, kind, Holder.PROXY, id, TextFields.all(query), null, null),
          headers);
      if (Answer.status(message) >= Answer.FIRST_FAILURE) {
        return answer.of(message);
      }
      StreamAnswer first = StreamCalls.answer(message);
      return kind == Kind.WEBSOCKET
          ? known.webSocket().opened(id, first)
          : known.eventStream().opened(id, first);
    } catch (InvalidInput e) {
      return problems.invalid(e.errors());
    }
  }
}
