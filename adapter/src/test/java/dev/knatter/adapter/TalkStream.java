package dev.knatter.adapter;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

import dev.knatter.adapter.stream.Close;
import dev.knatter.adapter.stream.Farewell;
import dev.knatter.adapter.stream.Frame;
import dev.knatter.adapter.stream.GripKeys;
import dev.knatter.adapter.stream.StreamAnswer;
import dev.knatter.adapter.stream.StreamEvent;
import dev.knatter.adapter.stream.StreamEvent.Kind;
import dev.knatter.adapter.stream.StreamOptions;
import dev.knatter.adapter.stream.Streaming;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** A stream that says hello, holds its connections on the channel "room", and does what the first word of a text says. */
final class TalkStream implements Function<Message<StreamEvent>, Message<?>> {
  static final String PATH = "/talk";
  static final String PAGE = "https://page.example";
  static final String AUTHORIZATION = "Authorization: Bearer good\n";
  static final StreamOptions OPTIONS = StreamOptions.of(farewell("slow", Close.POLICY),
      farewell("too many", Close.POLICY), millis -> farewell("reconnect " + millis, Close.GOING_AWAY));

  final LocalChannels channels = new LocalChannels();
  final List<Message<StreamEvent>> calls = new CopyOnWriteArrayList<>();
  /** What "wait" waits for. */
  final Semaphore waits = new Semaphore(0);

  private static Farewell farewell(String text, Close close) {
    return new Farewell(Frame.of(text), close);
  }

  FunctionServer serve(ServerOptions server, StreamOptions options, @Nullable GripKeys grip) {
    return FunctionServer.start(server, () -> true,
        List.of(
            new Endpoint<>(Route.stream(PATH, "talk"), this, new Streaming(channels, options, grip, PAGE)),
            Samples.HEADERS));
  }

  FunctionServer serve(StreamOptions options) {
    return serve(Samples.options(), options, null);
  }

  FunctionServer serve() {
    return serve(OPTIONS);
  }

  List<StreamEvent> events(StreamEvent.Type type) {
    return calls.stream().map(Message::getPayload).filter(event -> event.type() == type).toList();
  }

  @Override
  public Message<?> apply(Message<StreamEvent> message) {
    calls.add(message);
    StreamEvent event = message.getPayload();
    return event.type() == StreamEvent.Type.OPENED
        && !"Bearer good".equals(message.getHeaders().get("Authorization"))
            ? new GenericMessage<>(Map.of("reason", "unknown"),
                Map.of("statusCode", 401, "WWW-Authenticate", "Bearer"))
            : new GenericMessage<>(answer(event));
  }

  private StreamAnswer answer(StreamEvent event) {
    return switch (event.type()) {
      case OPENED -> opened(event);
      case CONTINUED -> StreamAnswer.of(Frame.of("caught up", "c1")).state(event.state() + "!");
      case TEXT -> text(String.valueOf(event.text()), String.valueOf(event.state()));
      case WOKEN -> StreamAnswer.of(Frame.of("woken " + event.text()));
      case CLOSED -> StreamAnswer.nothing();
    };
  }

  private static StreamAnswer opened(StreamEvent event) {
    StreamAnswer hello = StreamAnswer.of(Frame.of("hello")).subscribe(List.of("room")).state("0");
    StreamAnswer owned = event.query().containsKey("as") ? hello.key(event.query().get("as")) : hello;
    return event.kind() == Kind.SSE ? owned.thenMore() : owned;
  }

  private StreamAnswer text(String text, String state) {
    int space = text.indexOf(' ');
    String rest = text.substring(space + 1);
    return switch (space < 0 ? text : text.substring(0, space)) {
      case "say" -> StreamAnswer.of(Frame.of(rest));
      case "count" -> {
        String next = Integer.toString(Integer.parseInt(state) + 1);
        yield StreamAnswer.of(Frame.of(next)).state(next);
      }
      case "join" -> StreamAnswer.of(Frame.of("joined")).subscribe(List.of(rest));
      case "leave" -> StreamAnswer.of(Frame.of("left")).unsubscribe(List.of(rest));
      case "wait" -> {
        waits.acquireUninterruptibly();
        yield StreamAnswer.of(Frame.of("waited"));
      }
      case "end" -> StreamAnswer.of(Frame.of("last")).thenClose(new Close(4000, "as asked"));
      case "fail" -> throw new IllegalStateException("secret " + rest);
      case "much" -> StreamAnswer.nothing()
        .frames(Collections.nCopies(Integer.parseInt(rest), Frame.of("x".repeat(10_000))));
      default -> StreamAnswer.of(Frame.of(text.length() + " characters"));
    };
  }
}
