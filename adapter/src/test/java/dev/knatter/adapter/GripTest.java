package dev.knatter.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.knatter.adapter.stream.GripKeys;
import dev.knatter.adapter.stream.StreamEvent;
import dev.knatter.adapter.stream.StreamEvent.Holder;
import dev.knatter.adapter.stream.StreamEvent.Kind;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests as a GRIP proxy sends them, and as a client can have it send them. */
final class GripTest {
  private static final String KEY = "changeme";
  private static final String EVENTS = "Content-Type: application/websocket-events\nAccept: application/websocket-events\n";

  private final TalkStream talk = new TalkStream();
  @AutoClose
  private final FunctionServer server = talk.serve(
      Samples.options().withTrustedProxies(List.of(AddressRange.parse("127.0.0.1"))), TalkStream.OPTIONS,
      GripKeys.of(KEY, new byte[32]));

  private static String signature(String key) {
    try {
      Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
      String claims = "{\"iss\":\"pushpin\",\"exp\":" + Instant.now().plusSeconds(3600).getEpochSecond()
          + '}';
      String content = encoder.encodeToString("{\"typ\":\"JWT\",\"alg\":\"HS256\"}".getBytes(UTF_8)) + '.'
          + encoder.encodeToString(claims.getBytes(UTF_8));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
      return "Grip-Sig: " + content + '.' + encoder.encodeToString(mac.doFinal(content.getBytes(UTF_8)))
          + '\n';
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** @param events each with LF for CRLF, and with the lengths of what is sent */
  private RawHttp.Reply post(String fields, String events) throws IOException {
    int length = events.replace("\n", "\r\n").getBytes(UTF_8).length;
    return RawHttp.exchange(server.port(),
        "POST /talk?as=ada HTTP/1.1\nHost: x\nX-Forwarded-For: 203.0.113.7\n" + EVENTS
            + "Sec-WebSocket-Extensions: grip\nContent-Length: " + length + '\n' + fields + '\n' + events);
  }

  private RawHttp.Reply fromProxy(String fields, String events) throws IOException {
    return post(signature(KEY) + "Connection-Id: 7-a\n" + fields, events);
  }

  private String opened() throws IOException {
    return "Meta-State: " + fromProxy(TalkStream.AUTHORIZATION, "OPEN\n").header("Set-Meta-State") + '\n';
  }

  private static String text(String text) {
    return "TEXT " + Integer.toHexString(text.getBytes(UTF_8).length) + '\n' + text + '\n';
  }

  @Test
  void webSocket_isOpened_heldOnItsChannels_andKeptAliveByPongs() throws Exception {
    RawHttp.Reply reply = fromProxy(TalkStream.AUTHORIZATION, "OPEN\n");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo("application/websocket-events");
    assertThat(reply.header("Sec-WebSocket-Extensions")).isEqualTo("grip");
    assertThat(reply.body()).startsWith("OPEN\r\nTEXT ").endsWith("TEXT 7\r\nm:hello\r\n");
    assertThat(reply.body()).containsOnlyOnce("\"type\":\"subscribe\"")
      .contains("\"message-type\":\"pong\"");
    StreamEvent event = talk.events(StreamEvent.Type.OPENED).getFirst();
    assertThat(event.kind()).isEqualTo(Kind.WEBSOCKET);
    assertThat(event.holder()).isEqualTo(Holder.PROXY);
    assertThat(event.connectionId()).isEqualTo("7-a");
    assertThat(event.query()).containsEntry("as", "ada");
    assertThat(talk.calls.getFirst().getHeaders().get("callerAddress")).hasToString("/203.0.113.7");
    assertThat(talk.channels.subscribers("room")).as("the proxy holds it").isZero();
  }

  @Test
  void textsOfOneRequest_areAnsweredInOrder_withTheStateThatTheyMake() throws Exception {
    RawHttp.Reply reply = fromProxy(opened() + TalkStream.AUTHORIZATION,
        text("count") + "PING 2\nhi\nPONG\n" + text("join other") + text("count") + text("leave other"));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().replace("\r\n", "\n")).startsWith("TEXT 3\nm:1\nPONG 2\nhi\nTEXT ")
      .contains("\"channel\":\"other\"", "m:joined\nTEXT 3\nm:2\nTEXT ", "\"type\":\"unsubscribe\"")
      .endsWith("TEXT 6\nm:left\n");
    assertThat(talk.events(StreamEvent.Type.TEXT)).extracting(StreamEvent::state)
      .containsExactly("0", "1", "1", "2");
    assertThat(talk.calls.getLast().getHeaders()).doesNotContainKey("Authorization")
      .containsKey("callerAddress");
    String next = "Meta-State: " + reply.header("Set-Meta-State") + '\n';
    assertThat(fromProxy(next, text("count")).body()).isEqualTo("TEXT 3\r\nm:3\r\n");
    RawHttp.Reply unchanged = fromProxy(next, text("say c:{}"));
    assertThat(unchanged.body()).isEqualTo("TEXT 6\r\nm:c:{}\r\n");
    assertThat(unchanged.headers()).doesNotContainKey("Set-Meta-State");
    assertThat(fromProxy(next, "").body()).isEmpty();
  }

  @Test
  void ends_areToldBothWays() throws Exception {
    String state = opened();
    assertThat(fromProxy(state, text("end") + text("count")).body())
      .isEqualTo("TEXT 6\r\nm:last\r\nCLOSE a\r\n\u000f\uFFFDas asked\r\n");
    assertThat(talk.events(StreamEvent.Type.TEXT)).hasSize(1);
    assertThat(fromProxy(state, "CLOSE\n").body()).isEqualTo("CLOSE\r\n");
    assertThat(fromProxy(state, "DISCONNECT\n").body()).isEqualTo("DISCONNECT\r\n");
    assertThat(talk.events(StreamEvent.Type.CLOSED)).hasSize(2);
    assertThat(fromProxy(state, text("fail")).body()).startsWith("CLOSE 2\r\n\u0003");
    assertThat(fromProxy(state, "BINARY 1\nx\n").body()).startsWith("CLOSE 2\r\n\u0003");
    assertThat(fromProxy(state, text("x".repeat(64 * 1024 + 1))).body()).startsWith("CLOSE 2\r\n\u0003");
    assertThat(fromProxy(state, text("x".repeat(64 * 1024))).body())
      .isEqualTo("TEXT 12\r\nm:65536 characters\r\n");
  }

  @Test
  void answerThatNoProxyTakes_endsTheConnectionAsSlow() throws Exception {
    assertThat(fromProxy(opened(), text("much 100")).body()).startsWith("TEXT 6\r\nm:slow\r\nCLOSE 2\r\n");
  }

  @Test
  void openingThatTheFunctionRefuses_isItsAnswer() throws Exception {
    RawHttp.Reply reply = fromProxy("", "OPEN\n");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(fromProxy(TalkStream.AUTHORIZATION + "Origin: https://evil.example\n", "OPEN\n").status())
      .isEqualTo(403);
    assertThat(fromProxy(TalkStream.AUTHORIZATION + "Origin: " + TalkStream.PAGE + "\n", "OPEN\n").status())
      .isEqualTo(200);
  }

  /** The proxy signs these too: whoever can reach it can send them. */
  @Test
  void eventWithoutTheStateOfItsConnection_isRefused() throws Exception {
    String state = opened();
    String say = text("say hi");
    assertThat(fromProxy(state, say).status()).isEqualTo(200);
    assertThat(fromProxy("", say).status()).isEqualTo(403);
    assertThat(fromProxy("Meta-User: ada\n", say).status()).isEqualTo(403);
    assertThat(fromProxy(state + state, say).status()).isEqualTo(403);
    assertThat(fromProxy(state.replace(".", "x."), say).status()).isEqualTo(403);
    assertThat(fromProxy("Meta-State: .\n", say).status()).isEqualTo(403);
    assertThat(post(signature(KEY) + "Connection-Id: 8-b\n" + state, say).status()).isEqualTo(403);
    assertThat(fromProxy(state, "OPEN\n" + say).body()).as("an opening that brings its own text")
      .startsWith("CLOSE");
    assertThat(talk.events(StreamEvent.Type.TEXT)).hasSize(1);
  }

  @Test
  void signatureThatIsForgedOrMissing_isRefused() throws Exception {
    assertThat(post("Connection-Id: 7-a\n" + TalkStream.AUTHORIZATION, "OPEN\n").status()).isEqualTo(405);
    assertThat(post(signature("other") + "Connection-Id: 7-a\n", "OPEN\n").status()).isEqualTo(403);
    assertThat(post(signature(KEY) + signature(KEY) + "Connection-Id: 7-a\n", "OPEN\n").status())
      .isEqualTo(403);
    assertThat(get("/talk", "Grip-Sig: eyJhbGciOiJub25lIn0.e30.\n").status()).isEqualTo(403);
    assertThat(talk.calls).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Connection-Id: 7-a, Connection-Id: a b, 400", "Connection-Id: 7-a, X: y, 400",
      "Content-Type: application/websocket-events, Content-Type: text/plain, 415", "OPEN, OPEN x, 400"})
  void request_thatIsNotOfTheProtocol_isRefused(String part, String instead, int status) throws Exception {
    String request = "POST /talk HTTP/1.1\nHost: x\n" + EVENTS + signature(KEY) + TalkStream.AUTHORIZATION
        + "Connection-Id: 7-a\nContent-Length: 6\n\nOPEN\n";
    String changed = request.replace(part, instead);
    assertThat(RawHttp.exchange(server.port(), changed.replace("OPEN x\n", "OPEN x")).status())
      .isEqualTo(status);
  }

  private RawHttp.Reply get(String target, String fields) throws IOException {
    return RawHttp.exchange(server.port(), "GET " + target + " HTTP/1.1\nHost: x\n" + fields + '\n');
  }

  @Test
  void eventStream_isHeld_andItsNextPartIsReadWhenItsChannelsAreInEffect() throws Exception {
    RawHttp.Reply first = get("/talk?as=ada",
        signature(KEY) + TalkStream.AUTHORIZATION + "Accept: text/event-stream\n");
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.header("Content-Type")).isEqualTo("text/event-stream");
    assertThat(first.body()).isEqualTo("data: hello\n\n");
    assertThat(first.header("Grip-Hold")).isEqualTo("stream");
    assertThat(first.header("Grip-Channel")).isEqualTo("room");
    assertThat(first.header("Grip-Keep-Alive")).isEqualTo(":\\n\\n; format=cstring; timeout=25");
    Matcher link = Pattern.compile("<(\\?next=[^>]+)>; rel=next; timeout=0")
      .matcher(first.header("Grip-Link"));
    assertThat(link.matches()).isTrue();
    RawHttp.Reply next = get("/talk" + link.group(1), signature(KEY)); // the proxy sends nothing else of the first request
    assertThat(next.status()).isEqualTo(200);
    assertThat(next.body()).isEqualTo("id: c1\ndata: caught up\n\n");
    assertThat(next.header("Grip-Hold")).isEqualTo("stream");
    assertThat(next.header("Grip-Channel")).as("it keeps its channels").isEqualTo("room");
    assertThat(next.headers()).doesNotContainKey("Grip-Link");
    StreamEvent continued = talk.events(StreamEvent.Type.CONTINUED).getFirst();
    assertThat(continued.state()).isEqualTo("0");
    assertThat(continued.connectionId())
      .isEqualTo(talk.events(StreamEvent.Type.OPENED).getFirst().connectionId());
    assertThat(get("/talk" + link.group(1), "").status()).as("without the proxy it is no link")
      .isEqualTo(401);
    assertThat(get("/talk" + link.group(1).replace("next=e", "next=f"), signature(KEY)).status())
      .isEqualTo(403);
    String ofWebSocket = opened().replace("Meta-State: ", "").strip();
    assertThat(get("/talk?next=" + ofWebSocket, signature(KEY)).status()).isEqualTo(403);
  }

  @Test
  void webSocketThatAProxyForwardsItself_isRefused() throws Exception {
    try (RawHttp http = new RawHttp(server.port())) {
      http.send(RawWebSocket.handshake("/talk", TalkStream.AUTHORIZATION + signature(KEY)));
      assertThat(http.readHead().status()).isEqualTo(400);
    }
  }
}
