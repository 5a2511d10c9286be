package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

import dev.knatter.adapter.stream.Close;
import dev.knatter.adapter.stream.Frame;
import dev.knatter.adapter.stream.Publication;
import dev.knatter.adapter.stream.StreamEvent;
import dev.knatter.adapter.stream.StreamEvent.Kind;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Server-Sent Events that the process holds. */
final class EventStreamTest {
  private final TalkStream talk = new TalkStream();
  @AutoClose
  private final FunctionServer server = talk.serve();

  private RawHttp open(FunctionServer from, String fields) throws Exception {
    return new RawHttp(from.port())
      .send("GET /talk?as=ada HTTP/1.1\nHost: x\n" + TalkStream.AUTHORIZATION + fields + "\n");
  }

  @Test
  void opened_getsHello_thenWhatTheFunctionReads_thenWhatIsPublished() throws Exception {
    try (RawHttp http = open(server, "Accept: text/event-stream\nLast-Event-ID: c0\n")) {
      RawHttp.Reply head = http.readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
      assertThat(head.header("Cache-Control")).isEqualTo("no-store");
      assertThat(http.readChunk()).isEqualTo("data: hello\n\n");
      assertThat(http.readChunk()).isEqualTo("id: c1\ndata: caught up\n\n");
      talk.channels.publish("room", new Publication.Frames(List.of(new Frame("a\r\nb\rc\nd", "c2", "news"))));
      assertThat(http.readChunk()).isEqualTo("id: c2\nevent: news\ndata: a\ndata: b\ndata: c\ndata: d\n\n");
      talk.channels.publish("room", new Publication.Wake("why"));
      assertThat(http.readChunk()).isEqualTo("data: woken why\n\n");
      assertThat(talk.calls.getFirst().getHeaders()).containsEntry("Last-Event-ID", "c0");
      assertThat(talk.events(StreamEvent.Type.WOKEN)).extracting(StreamEvent::state).containsExactly("0!");
      assertThat(talk.events(StreamEvent.Type.OPENED)).extracting(StreamEvent::kind)
        .containsExactly(Kind.SSE);
      talk.channels.publish("room", new Publication.End(List.of(Frame.of("bye")), Close.POLICY));
      assertThat(http.readChunk()).isEqualTo("data: bye\n\n");
      assertThat(http.readChunk()).isEmpty();
      assertThat(http.isEnded()).isTrue();
    }
    await().until(() -> talk.channels.subscribers("room") == 0);
    assertThat(talk.events(StreamEvent.Type.CLOSED)).isEmpty();
  }

  @Test
  void clientThatLeaves_isNoticed() throws Exception {
    try (RawHttp http = open(server, "")) {
      assertThat(http.readHead().status()).isEqualTo(200);
      assertThat(talk.channels.subscribers("room")).isEqualTo(1);
    }
    await().until(() -> talk.channels.subscribers("room") == 0);
  }

  @Test
  void silentStream_isKeptAliveByComments_andEndsWithTheServer() throws Exception {
    TalkStream other = new TalkStream();
    try (FunctionServer busy = other.serve(TalkStream.OPTIONS.withKeepAlive(Duration.ofMillis(100)));
        RawHttp http = open(busy, "")) {
      assertThat(http.readHead().status()).isEqualTo(200);
      String chunk = http.readChunk();
      while (!chunk.startsWith(":")) {
        chunk = http.readChunk();
      }
      assertThat(chunk).isEqualTo(":\n\n");
      Thread stop = Thread.ofVirtual().start(busy::close);
      String last = http.readChunk();
      while (last.startsWith(":")) {
        last = http.readChunk();
      }
      assertThat(last).startsWith("data: reconnect ");
      assertThat(http.readChunk()).isEmpty();
      assertThat(http.isEnded()).isTrue();
      stop.join();
    }
  }

  @Test
  void clientOfHttp10_getsNoChunks() throws Exception {
    try (RawHttp http = new RawHttp(server.port())) {
      http.send("GET /talk HTTP/1.0\n" + TalkStream.AUTHORIZATION + "\n");
      assertThat(http.readHead().headers()).doesNotContainKey("Transfer-Encoding");
      await().until(() -> talk.events(StreamEvent.Type.CONTINUED).size() == 1);
      talk.channels.publish("room", new Publication.End(List.of(), Close.NORMAL));
      assertThat(http.readToEnd()).isEqualTo("data: hello\n\nid: c1\ndata: caught up\n\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"GET, Accept: application/json, 406", "GET, Accept: text/*, 200", "GET, Accept: */*, 200",
      "GET, Authorization: Bearer bad, 401", "HEAD, Accept: */*, 405", "POST, Content-Length: 0, 405",
      "DELETE, Accept: */*, 405", "GET, Content-Length: 5, 413"})
  void request_isAnsweredByItsFields(String method, String field, int status) throws Exception {
    String authorization = field.startsWith("Authorization") ? "" : TalkStream.AUTHORIZATION;
    try (RawHttp http = new RawHttp(server.port())) {
      RawHttp.Reply reply = http.send(method + " /talk HTTP/1.1\nHost: x\n" + authorization + field + "\n\n")
        .readHead();
      assertThat(reply.status()).isEqualTo(status);
      if (status == 405) {
        assertThat(reply.header("Allow")).isEqualTo("GET, OPTIONS");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"a=1&a=2", "a=%ff", "%"})
  void queryThatIsAmbiguous_is400(String query) throws Exception {
    assertThat(RawHttp.exchange(server.port(), "GET /talk?" + query + " HTTP/1.1\nHost: x\n\n").status())
      .isEqualTo(400);
    assertThat(talk.calls).isEmpty();
  }
}
