package dev.knatter.adapter.held;

import java.net.InetAddress;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;

import dev.knatter.adapter.http.Response;
import dev.knatter.adapter.json.Utf8;
import dev.knatter.adapter.stream.StreamAnswer;
import dev.knatter.adapter.stream.StreamEvent;
import dev.knatter.adapter.stream.StreamEvent.Holder;
import dev.knatter.adapter.stream.StreamEvent.Kind;
import dev.knatter.adapter.stream.StreamOptions;
import org.jspecify.annotations.Nullable;

/** A WebSocket that a proxy holds: the events that it sends by HTTP, and their replies. Nothing is kept between two requests. */
public final class GripWebSocket {
  /** The proxy sends it back as {@code Meta-State}. */
  private static final String SET_STATE = "Set-Meta-State";
  private static final int UNSUPPORTED_DATA = 1003;
  private static final int NOT_UTF8 = 1007;
  private static final int TOO_BIG = 1009;
  private static final int INTERNAL_ERROR = 1011;
  private static final int PROTOCOL_ERROR = 1002;

  private final StreamCalls calls;
  private final StreamOptions options;
  private final StateSeal seal;

  public GripWebSocket(StreamCalls calls, StreamOptions options, StateSeal seal) {
    this.calls = calls;
    this.options = options;
    this.seal = seal;
  }

  /** The reply to OPEN. */
  public Response opened(String id, StreamAnswer first) {
    GripReply reply = new GripReply(options.slow());
    reply.event(WebSocketEvent.of("OPEN"));
    reply.keepAlive(options.keepAlive());
    reply.answer(requireNoMore(first));
    return response(reply).with("Sec-WebSocket-Extensions", "grip")
      .with(SET_STATE, seal.ofWebSocket(id, first.state()));
  }

  /**
   * The reply to all other events.
   *
   * @param state the state that the events' request has brought along
   */
  public Response next(String id, @Nullable String state, List<WebSocketEvent> events,
      @Nullable InetAddress address) {
    GripReply reply = new GripReply(options.slow());
    String kept = state;
    for (WebSocketEvent event : events) {
      if (reply.closed()) {
        break;
      }
      switch (event.type()) {
        case "TEXT" -> kept = onText(id, kept, event.content(), address, reply);
        case "PING" -> reply.event(new WebSocketEvent("PONG", event.content()));
        case "PONG" -> {
        }
        case "CLOSE", "DISCONNECT" -> {
          var _ = calls.next(event(StreamEvent.Type.CLOSED, id, kept, null), address);
          reply.event(event);
        }
        case "BINARY" -> reply.close(UNSUPPORTED_DATA, "");
        default -> reply.close(PROTOCOL_ERROR, "");
      }
    }
    Response response = response(reply);
    return kept == null || kept.equals(state)
        ? response
        : response.with(SET_STATE, seal.ofWebSocket(id, kept));
  }

  /** Returns the state after it. */
  private @Nullable String onText(String id, @Nullable String state, byte @Nullable [] content,
      @Nullable InetAddress address, GripReply reply) {
    byte[] bytes = content == null ? new byte[0] : content;
    if (bytes.length > options.maxFrameBytes()) {
      reply.close(TOO_BIG, "");
      return state;
    }
    String text;
    try {
      text = Utf8.decode(bytes);
    } catch (CharacterCodingException e) {
      reply.close(NOT_UTF8, "");
      return state;
    }
    StreamAnswer answer = calls.next(event(StreamEvent.Type.TEXT, id, state, text), address);
    if (answer == null) {
      reply.close(INTERNAL_ERROR, "");
      return state;
    }
    reply.answer(requireNoMore(answer));
    return answer.state() == null ? state : answer.state();
  }

  private static StreamAnswer requireNoMore(StreamAnswer answer) {
    if (answer.more()) {
      throw new IllegalStateException("The client of a WebSocket asks for more itself");
    }
    return answer;
  }

  private static StreamEvent event(StreamEvent.Type type, String id, @Nullable String state,
      @Nullable String text) {
    return new StreamEvent(type, Kind.WEBSOCKET, Holder.PROXY, id, Map.of(), text, state);
  }

  private static Response response(GripReply reply) {
    return Response.of(200, WebSocketEvent.MEDIA_TYPE, reply.body());
  }
}
