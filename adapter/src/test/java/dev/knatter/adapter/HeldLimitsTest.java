package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.knatter.adapter.stream.StreamEvent;
import org.junit.jupiter.api.Test;

/** Clients that do not read, are gone, or stay for too long; and a server that stops. */
final class HeldLimitsTest {
  private static final int WAITING = 128 * 1024;
  private static final String LARGE = "x".repeat(10_000);

  private final TalkStream talk = new TalkStream();

  private static List<RawWebSocket> open(FunctionServer server, int count) throws IOException {
    List<RawWebSocket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sockets.add(RawWebSocket.open(server));
      assertThat(sockets.getLast().readText()).isEqualTo("hello");
    }
    return sockets;
  }

  private static double metric(FunctionServer server, String name) throws IOException {
    String metrics = RawHttp.exchange(server.port(), "GET /metrics HTTP/1.1\nHost: x\n\n").body();
    Matcher line = Pattern.compile("^" + name + "\\{[^\n]*} (\\S+)$", Pattern.MULTILINE).matcher(metrics);
    assertThat(line.find()).as(name).isTrue();
    return Double.parseDouble(line.group(1));
  }

  @Test
  void clientThatDoesNotRead_isToldAndClosed_othersGetAll() throws Exception {
    try (FunctionServer server = talk.serve(TalkStream.OPTIONS.withBufferBytes(WAITING))) {
      List<RawWebSocket> sockets = open(server, 2);
      RawWebSocket reader = sockets.getFirst();
      int published = 0;
      while (talk.channels.subscribers("room") == 2) {
        assertThat(published++).isLessThan(2_000);
        talk.channels.publish("room", LARGE);
        assertThat(reader.readText()).isEqualTo(LARGE);
      }
      RawWebSocket slow = sockets.getLast();
      int taken = 0;
      String text = slow.readText();
      for (; text.equals(LARGE); text = slow.readText()) {
        taken++;
      }
      assertThat(text).isEqualTo("slow");
      assertThat(taken).isLessThan(published);
      assertThat(slow.readClose().code()).isEqualTo(1008);
      assertThat(talk.channels.subscribers("room")).isEqualTo(1);
      assertThat(metric(server, "http_server_held_slow_total")).isEqualTo(1);
      reader.close();
      slow.close();
      await().untilAsserted(() -> {
        assertThat(metric(server, "http_server_held_connections")).isZero();
        assertThat(metric(server, "http_server_held_waiting_bytes")).isZero();
      });
    }
  }

  @Test
  void socketsThatNeverRead_takeBoundedMemory() throws Exception {
    int all = 256 * 1024;
    int count = 200;
    try (FunctionServer server = talk.serve(Samples.options().withMaxBufferedBytes(all), TalkStream.OPTIONS,
        null)) {
      List<RawWebSocket> sockets = open(server, count);
      double most = 0;
      for (int i = 0; talk.channels.subscribers("room") > 0; i++) {
        assertThat(i).isLessThan(5_000);
        talk.channels.publish("room", LARGE);
        if (i % 20 == 0) {
          most = Math.max(most, metric(server, "http_server_held_waiting_bytes"));
        }
      }
      // Each may have one message that waits, whatever the others have; and some are written while the rest is counted.
      assertThat(most).isLessThan(all + count * 3.0 * LARGE.length());
      assertThat(RawHttp.exchange(server.port(), "GET /headers HTTP/1.1\nHost: x\n\n").status())
        .isEqualTo(200);
      for (RawWebSocket socket : sockets) {
        socket.close();
      }
      await().untilAsserted(() -> assertThat(metric(server, "http_server_held_connections")).isZero());
    }
  }

  @Test
  void clientThatDoesNotAnswerPings_isClosed_oneThatDoesIsNot() throws Exception {
    try (FunctionServer server = talk.serve(TalkStream.OPTIONS.withKeepAlive(Duration.ofMillis(200)))) {
      List<RawWebSocket> sockets = open(server, 2);
      RawWebSocket dead = sockets.getFirst();
      RawWebSocket living = sockets.getLast();
      int pings = 0;
      for (; talk.events(StreamEvent.Type.CLOSED).isEmpty() || pings < 5; pings++) {
        RawWebSocket.Received ping = living.read();
        assertThat(ping.opcode()).isEqualTo(RawWebSocket.PING);
        living.frame(RawWebSocket.FIN | RawWebSocket.PONG, ping.payload());
      }
      assertThat(isCut(dead)).isTrue();
      assertThat(living.text("say here").readText()).isEqualTo("here");
      assertThat(talk.events(StreamEvent.Type.CLOSED)).hasSize(1);
      living.close();
    }
  }

  private static boolean isCut(RawWebSocket socket) throws IOException {
    try {
      RawWebSocket.Received frame = socket.read();
      while (frame.opcode() == RawWebSocket.PING) {
        frame = socket.read();
      }
      return false;
    } catch (EOFException e) {
      return true;
    }
  }

  @Test
  void connectionOfSomeAge_isToldToConnectAgainAtOnce() throws Exception {
    try (FunctionServer server = talk.serve(
        TalkStream.OPTIONS.withMaxAge(Duration.ofMillis(500)).withReconnectWithin(Duration.ofHours(1)));
        RawWebSocket socket = RawWebSocket.open(server)) {
      assertThat(socket.readText()).isEqualTo("hello");
      assertThat(socket.readText()).isEqualTo("reconnect 0");
      assertThat(socket.readClose().code()).isEqualTo(1001);
    }
  }

  @Test
  void serverThatStops_answersWhatRuns_andTellsWhenToConnectAgain() throws Exception {
    FunctionServer server = talk.serve(TalkStream.OPTIONS.withReconnectWithin(Duration.ofSeconds(9)));
    List<RawWebSocket> sockets = open(server, 8);
    sockets.getFirst().text("wait");
    await().until(() -> talk.events(StreamEvent.Type.TEXT).size() == 1);
    Thread stop = Thread.ofVirtual().start(server::close);
    List<Integer> waits = new ArrayList<>();
    for (RawWebSocket socket : sockets.reversed()) {
      if (socket == sockets.getFirst()) {
        talk.waits.release();
        assertThat(socket.readText()).isEqualTo("waited");
      }
      String text = socket.readText();
      assertThat(text).startsWith("reconnect ");
      waits.add(Integer.valueOf(text.substring("reconnect ".length())));
      RawWebSocket.Received close = socket.readClose();
      assertThat(close.code()).isEqualTo(1001);
      socket.frame(RawWebSocket.FIN | RawWebSocket.CLOSE, close.payload());
      assertThat(socket.isEnded()).isTrue();
      socket.close();
    }
    assertThat(waits).allMatch(wait -> wait >= 0 && wait <= 9_000);
    assertThat(waits.stream().distinct().count()).as("spread").isGreaterThan(1);
    stop.join();
    assertThat(talk.events(StreamEvent.Type.CLOSED))
      .as("the function has been told before the server is closed")
      .hasSize(8);
  }
}
