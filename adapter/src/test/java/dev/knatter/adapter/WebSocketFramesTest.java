package dev.knatter.adapter;

import static dev.knatter.adapter.RawWebSocket.BINARY;
import static dev.knatter.adapter.RawWebSocket.CLOSE;
import static dev.knatter.adapter.RawWebSocket.CONTINUATION;
import static dev.knatter.adapter.RawWebSocket.FIN;
import static dev.knatter.adapter.RawWebSocket.PING;
import static dev.knatter.adapter.RawWebSocket.PONG;
import static dev.knatter.adapter.RawWebSocket.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

import dev.knatter.adapter.stream.StreamEvent;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Handshakes and frames, byte by byte: what a client may do, and how the server fails the rest (RFC 6455). */
final class WebSocketFramesTest {
  private static final int LIMIT = 64 * 1024;
  private static final TalkStream TALK = new TalkStream();
  @AutoClose
  private static final FunctionServer SERVER = TALK
    .serve(Samples.options().withOrigins(List.of("https://app.example")), TalkStream.OPTIONS, null);

  private static RawWebSocket opened() throws Exception {
    RawWebSocket socket = RawWebSocket.open(SERVER);
    assertThat(socket.readText()).isEqualTo("hello");
    return socket;
  }

  @Test
  void handshake_isAnsweredAsInTheSpecification() throws Exception {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      RawHttp.Reply reply = http.send(RawWebSocket.handshake(TalkStream.PATH,
          TalkStream.AUTHORIZATION + "Sec-WebSocket-Extensions: permessage-deflate\n"))
        .readHead();
      assertThat(reply.status()).isEqualTo(101);
      assertThat(reply.header("Sec-WebSocket-Accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      assertThat(reply.headers()).doesNotContainKey("Sec-WebSocket-Extensions");
    }
  }

  @ParameterizedTest
  @CsvSource({
      "Sec-WebSocket-Version: 13, Sec-WebSocket-Version: 8, 426",
      "Sec-WebSocket-Version: 13, X: y, 426",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, X: y, 400",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, Sec-WebSocket-Key: dGhlIHNhbXBsZQ==, 400",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, Sec-WebSocket-Key: ????????????????????????, 400",
      "Host: x, Host: x|Content-Length: 0, 400",
      "Host: x, Host: x|Origin: https://evil.example, 403",
      "Host: x, Host: x|Origin: null, 403",
      "Host: x, Host: x|Origin: https://app.example|Origin: https://app.example, 403",
      "Host: x, Host: x|Origin: https://app.example, 101",
      "Host: x, Host: x|Origin: http://x, 101",
      "Host: x, Host: x|Origin: https://page.example, 101",
      "Host: x, Host: x|Origin: http://page.example, 403",
      "Host: x, Host: x|Grip-Sig: a.b.c, 403",
      "Upgrade: websocket, Upgrade: h2c|Accept: application/json, 406",
      "Connection: Upgrade, Connection: close|Accept: application/json, 406",
      "GET /talk HTTP/1.1, GET /talk HTTP/1.0|Accept: application/json, 406",
      "GET /talk, POST /talk, 405",
      "GET /talk, HEAD /talk, 405",
      "GET /talk, GET /headers, 200"})
  void handshakeWithAnother_isRefused(String line, String others, int status) throws Exception {
    String handshake = RawWebSocket.handshake(TalkStream.PATH, TalkStream.AUTHORIZATION);
    try (RawHttp http = new RawHttp(SERVER.port())) {
      RawHttp.Reply reply = http.send(handshake.replace(line, others.replace("|", "\n"))).readHead();
      assertThat(reply.status()).isEqualTo(status);
      if (status == 426) {
        assertThat(reply.header("Sec-WebSocket-Version")).isEqualTo("13");
      }
    }
  }

  @Test
  void textOfTheGreatestSize_wholeAndInFragments_isOne() throws Exception {
    byte[] largest = "x".repeat(LIMIT).getBytes(UTF_8);
    try (RawWebSocket socket = opened()) {
      assertThat(socket.frame(FIN | TEXT, largest).readText()).isEqualTo(LIMIT + " characters");
      socket.frame(TEXT, new byte[0]);
      for (int i = 0; i < 64; i++) {
        socket.frame(CONTINUATION, "x".repeat(LIMIT / 64).getBytes(UTF_8));
      }
      assertThat(socket.frame(FIN | CONTINUATION, new byte[0]).readText()).isEqualTo(LIMIT + " characters");
      assertThat(socket.text("").readText()).isEqualTo("0 characters");
    }
  }

  @Test
  void characterAcrossFragments_andPingsBetweenThem_areRight() throws Exception {
    byte[] umlaut = "ä".getBytes(UTF_8);
    try (RawWebSocket socket = opened()) {
      socket.frame(TEXT, new byte[]{'s', 'a', 'y', ' ', umlaut[0]})
        .frame(FIN | PING, "between".getBytes(UTF_8));
      RawWebSocket.Received pong = socket.read();
      assertThat(pong.opcode()).isEqualTo(PONG);
      assertThat(pong.text()).isEqualTo("between");
      socket.frame(FIN | PONG, new byte[125]);
      assertThat(socket.frame(FIN | CONTINUATION, new byte[]{umlaut[1]}).readText()).isEqualTo("ä");
    }
  }

  static Stream<Arguments> violations() {
    byte[] tooMuch = new byte[LIMIT + 1];
    byte[] unmasked = {(byte) (FIN | TEXT), 1, 'x'};
    byte[] endless = {(byte) (FIN | TEXT), (byte) 0xff, 0x7f, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3, 4};
    return Stream.of(
        Arguments.of("unmasked", unmasked, 1002),
        Arguments.of("reserved bit", RawWebSocket.bytes(FIN | 0x40 | TEXT, new byte[1]), 1002),
        Arguments.of("reserved opcode", RawWebSocket.bytes(FIN | 0x3, new byte[1]), 1002),
        Arguments.of("reserved control opcode", RawWebSocket.bytes(FIN | 0xB, new byte[1]), 1002),
        Arguments.of("continuation of nothing", RawWebSocket.bytes(FIN | CONTINUATION, new byte[1]), 1002),
        Arguments.of("ping in fragments", RawWebSocket.bytes(PING, new byte[1]), 1002),
        Arguments.of("large ping", RawWebSocket.bytes(FIN | PING, new byte[126]), 1002),
        Arguments.of("close with a reserved code", RawWebSocket.bytes(FIN | CLOSE, code(1005)), 1002),
        Arguments.of("close with half a code", RawWebSocket.bytes(FIN | CLOSE, new byte[1]), 1002),
        Arguments.of("not UTF-8", RawWebSocket.bytes(FIN | TEXT, new byte[]{(byte) 0xc0, (byte) 0xaf}), 1007),
        Arguments.of("a surrogate",
            RawWebSocket.bytes(FIN | TEXT, new byte[]{(byte) 0xed, (byte) 0xa0, (byte) 0x80}),
            1007),
        Arguments.of("cut UTF-8", RawWebSocket.bytes(FIN | TEXT, new byte[]{(byte) 0xc3}), 1007),
        Arguments.of("binary", RawWebSocket.bytes(FIN | BINARY, new byte[1]), 1003),
        Arguments.of("too large", RawWebSocket.bytes(FIN | TEXT, tooMuch), 1009),
        Arguments.of("endless", endless, 1009));
  }

  private static byte[] code(int code) {
    return ByteBuffer.allocate(2).putShort((short) code).array();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("violations")
  void violation_isClosedWithItsCode(String name, byte[] frame, int code) throws Exception {
    try (RawWebSocket socket = opened()) {
      assertThat(socket.sendBytes(frame).readClose().code()).as(name).isEqualTo(code);
      assertThat(socket.isEnded()).isTrue();
    }
  }

  @Test
  void fragmentsWithoutEnd_areClosedAtTheLimit() throws Exception {
    try (RawWebSocket socket = opened()) {
      socket.frame(TEXT, new byte[0]);
      for (int i = 0; i <= 64; i++) {
        socket.frame(CONTINUATION, new byte[1024]);
      }
      assertThat(socket.readClose().code()).isEqualTo(1009);
    }
  }

  /** A part of the first message, and then more than a thousand tiny frames while the function is busy. */
  @Test
  void floodOfTinyFrames_isReadOnlyAsFastAsItIsAnswered() throws Exception {
    try (RawWebSocket socket = opened()) {
      socket.text("wait");
      await().until(
          () -> TALK.events(StreamEvent.Type.TEXT).stream().anyMatch(event -> "wait".equals(event.text())));
      byte[] ping = RawWebSocket.bytes(FIN | PING, new byte[0]);
      ByteBuffer flood = ByteBuffer.allocate(ping.length * 20_000);
      while (flood.hasRemaining()) {
        flood.put(ping);
      }
      socket.sendBytes(flood.array());
      TALK.waits.release();
      assertThat(socket.readText()).isEqualTo("waited");
      for (int i = 0; i < 20_000; i++) {
        assertThat(socket.read().opcode()).isEqualTo(PONG);
      }
      assertThat(socket.text("say still here").readText()).isEqualTo("still here");
    }
  }

  /** RFC 6455 §4.1: the client waits for the answer. What comes before it may have been read as another request. */
  @Test
  void requestBehindTheHandshake_isNoFrame() throws Exception {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      int before = TALK.events(StreamEvent.Type.CLOSED).size();
      http.send(RawWebSocket.handshake(TalkStream.PATH, TalkStream.AUTHORIZATION)
          + "GET /headers HTTP/1.1\nHost: x\n\n");
      assertThat(http.read().status()).isEqualTo(400);
      assertThat(http.isEnded()).isTrue();
      await().until(() -> TALK.events(StreamEvent.Type.CLOSED).size() > before);
    }
  }
}
