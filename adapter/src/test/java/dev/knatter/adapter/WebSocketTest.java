package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.knatter.adapter.stream.Close;
import dev.knatter.adapter.stream.Frame;
import dev.knatter.adapter.stream.Publication;
import dev.knatter.adapter.stream.StreamEvent;
import dev.knatter.adapter.stream.StreamEvent.Holder;
import dev.knatter.adapter.stream.StreamEvent.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** WebSockets that the process holds, with the JDK's client. */
final class WebSocketTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private final TalkStream talk = new TalkStream();
  @AutoClose
  private final FunctionServer server = talk.serve(TalkStream.OPTIONS.withMaxPerKey(2).withMaxConnections(4));

  @AfterEach
  void disconnect() {
    http.shutdownNow();
  }

  /** A client that keeps what it gets. */
  private static final class Client implements WebSocket.Listener {
    final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    final CompletableFuture<Close> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        texts.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(new Close(code, reason));
      return null;
    }

    String next() throws InterruptedException {
      return Objects.requireNonNull(texts.poll(20, TimeUnit.SECONDS), "nothing has come");
    }
  }

  private WebSocket open(Client client, String query, String token) {
    return http.newWebSocketBuilder()
      .header("Authorization", "Bearer " + token)
      .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + TalkStream.PATH + query), client)
      .join();
  }

  private WebSocket open(Client client) {
    return open(client, "", "good");
  }

  @Test
  void opened_getsHello_andAnswersToWhatItSends_inOrder() throws Exception {
    Client client = new Client();
    WebSocket socket = open(client, "?a=1&b=%C3%A4", "good");
    assertThat(client.next()).isEqualTo("hello");
    for (int i = 0; i < 50; i++) {
      socket.sendText("say " + i, true).join();
    }
    for (int i = 0; i < 50; i++) {
      assertThat(client.next()).isEqualTo(Integer.toString(i));
    }
    StreamEvent opened = talk.events(StreamEvent.Type.OPENED).getFirst();
    assertThat(opened.query()).containsEntry("a", "1").containsEntry("b", "ä");
    assertThat(opened.kind()).isEqualTo(Kind.WEBSOCKET);
    assertThat(opened.holder()).isEqualTo(Holder.PROCESS);
    assertThat(talk.events(StreamEvent.Type.TEXT)).extracting(StreamEvent::connectionId)
      .containsOnly(opened.connectionId());
    assertThat(talk.calls.getLast().getHeaders()).doesNotContainKey("Authorization");
  }

  @Test
  void state_isKeptByTheConnection() throws Exception {
    Client one = new Client();
    Client other = new Client();
    WebSocket socket = open(one);
    socket.sendText("count", true).join();
    socket.sendText("count", true).join();
    open(other).sendText("count", true).join();
    assertThat(List.of(one.next(), one.next(), one.next())).containsExactly("hello", "1", "2");
    assertThat(List.of(other.next(), other.next())).containsExactly("hello", "1");
  }

  @Test
  void published_reachesThoseOnTheChannel_whileTheFunctionRuns() throws Exception {
    Client client = new Client();
    WebSocket socket = open(client);
    assertThat(client.next()).isEqualTo("hello");
    socket.sendText("join other", true).join();
    assertThat(client.next()).isEqualTo("joined");
    socket.sendText("wait", true).join();
    await().until(() -> talk.events(StreamEvent.Type.TEXT).size() == 2);
    talk.channels.publish("room", "one");
    talk.channels.publish("other", "two");
    assertThat(List.of(client.next(), client.next())).containsExactly("one", "two");
    talk.channels.publish("room", new Publication.Wake("why"));
    talk.channels.publish("room", new Publication.Wake("why"));
    talk.waits.release();
    assertThat(List.of(client.next(), client.next())).containsExactly("waited", "woken why");
    socket.sendText("leave other", true).join();
    assertThat(client.next()).as("equal wakes that wait are one").isEqualTo("left");
    assertThat(talk.channels.subscribers("other")).isZero();
  }

  @Test
  void endThatIsPublished_closesAfterItsFrames() throws Exception {
    Client client = new Client();
    var _ = open(client);
    assertThat(client.next()).isEqualTo("hello");
    talk.channels.publish("room", new Publication.End(List.of(Frame.of("bye")), new Close(1008, "over")));
    assertThat(client.next()).isEqualTo("bye");
    assertThat(client.closed.get(20, TimeUnit.SECONDS)).isEqualTo(new Close(1008, "over"));
    await().until(
        () -> talk.events(StreamEvent.Type.CLOSED).size() == 1 && talk.channels.subscribers("room") == 0);
  }

  @Test
  void functionThatCloses_orFails_endsTheConnection() throws Exception {
    Client client = new Client();
    open(client).sendText("end", true).join();
    assertThat(List.of(client.next(), client.next())).containsExactly("hello", "last");
    assertThat(client.closed.get(20, TimeUnit.SECONDS)).isEqualTo(new Close(4000, "as asked"));
    Client unlucky = new Client();
    open(unlucky).sendText("fail", true).join();
    assertThat(unlucky.closed.get(20, TimeUnit.SECONDS)).isEqualTo(new Close(1011, ""));
  }

  @Test
  void clientThatCloses_isAnswered_andTheFunctionIsTold() throws Exception {
    Client client = new Client();
    WebSocket socket = open(client);
    socket.sendText("count", true).join();
    assertThat(List.of(client.next(), client.next())).containsExactly("hello", "1");
    socket.sendClose(1000, "done").join();
    assertThat(client.closed.get(20, TimeUnit.SECONDS).code()).isEqualTo(1000);
    await().until(() -> talk.events(StreamEvent.Type.CLOSED).size() == 1);
    assertThat(talk.events(StreamEvent.Type.CLOSED).getFirst().state()).isEqualTo("1");
  }

  @Test
  void openingThatTheFunctionRefuses_isAnHttpAnswer() {
    assertThatThrownBy(() -> open(new Client(), "", "bad")).cause()
      .isInstanceOfSatisfying(WebSocketHandshakeException.class, refused -> {
        assertThat(refused.getResponse().statusCode()).isEqualTo(401);
        assertThat(refused.getResponse().headers().firstValue("WWW-Authenticate")).contains("Bearer");
      });
    assertThat(talk.events(StreamEvent.Type.CLOSED)).isEmpty();
  }

  @Test
  void connectionsAboveTheLimits_areRefused_untilOthersEnd() throws Exception {
    Client first = new Client();
    WebSocket socket = open(first, "?as=ada", "good");
    Client second = new Client();
    var _ = open(second, "?as=ada", "good");
    Client third = new Client();
    var _ = open(third, "?as=ada", "good");
    assertThat(third.next()).isEqualTo("too many");
    assertThat(third.closed.get(20, TimeUnit.SECONDS).code()).isEqualTo(1008);
    await().until(() -> talk.events(StreamEvent.Type.CLOSED).size() == 1);
    socket.abort();
    await().until(() -> talk.events(StreamEvent.Type.CLOSED).size() == 2);
    for (String name : List.of("ada", "bob", "cy")) {
      Client next = new Client();
      var _ = open(next, "?as=" + name, "good");
      assertThat(next.next()).isEqualTo("hello");
    }
    assertThatThrownBy(() -> open(new Client())).cause()
      .isInstanceOfSatisfying(WebSocketHandshakeException.class,
          refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(503));
  }

  @Test
  void channelsThatAreAway_refuseTheOpening_andEndTheConnection() throws Exception {
    Client client = new Client();
    WebSocket socket = open(client);
    assertThat(client.next()).isEqualTo("hello");
    talk.channels.setAway(true);
    socket.sendText("join other", true).join();
    assertThat(client.closed.get(20, TimeUnit.SECONDS).code()).isEqualTo(1013);
    assertThatThrownBy(() -> open(new Client())).cause()
      .isInstanceOfSatisfying(WebSocketHandshakeException.class,
          refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(503));
  }

  @Test
  void answerOfManyFrames_isTakenAtTheClientsPace() throws Exception {
    try (RawWebSocket socket = RawWebSocket.open(server)) {
      assertThat(socket.readText()).isEqualTo("hello");
      socket.text("much 1000"); // many times more than may wait
      for (int i = 0; i < 1000; i++) {
        assertThat(socket.readText()).hasSize(10_000);
      }
      assertThat(socket.text("say done").readText()).isEqualTo("done");
    }
  }

  @Test
  void clientThatIsGone_isNoticed() throws Exception {
    RawWebSocket socket = RawWebSocket.open(server);
    assertThat(socket.readText()).isEqualTo("hello");
    socket.close();
    await().until(
        () -> talk.events(StreamEvent.Type.CLOSED).size() == 1 && talk.channels.subscribers("room") == 0);
    try (RawWebSocket next = RawWebSocket.open(server)) {
      assertThat(next.readText()).isEqualTo("hello");
      next.frame(RawWebSocket.FIN | RawWebSocket.CLOSE, new byte[0]);
      assertThat(next.read().payload()).isEmpty();
      assertThatThrownBy(next::read).isInstanceOf(EOFException.class);
    }
  }
}
