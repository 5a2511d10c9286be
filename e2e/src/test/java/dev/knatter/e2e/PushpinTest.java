package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnProcesses;
import dev.knatter.e2e.deploy.Pod;
import dev.knatter.e2e.deploy.Pushpin;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.ClientIds;
import dev.knatter.e2e.http.Message;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import dev.knatter.testing.TestSocket;
import org.junit.jupiter.api.Test;

/** A real Pushpin holds the connections. One for all tests, because the functions that publish to it take long to start. */
@OnProcesses
@Inside
final class PushpinTest {
  private static final int CONNECTIONS = Soak.count(40, 1_000);
  /** A user may have 100. */
  private static final int PER_USER = 50;
  private static final Duration ENDED = Duration.ofSeconds(10);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Pushpin pushpin;
  private final Deployment own;
  private final Pod stream;

  private record Installation(Pushpin pushpin, Deployment own, Pod stream) implements Closeable {
    static Installation beside(Deployment deployment) {
      Pushpin pushpin = Pushpin.create();
      Deployment own = deployment.beside("pushpin", pushpin.env());
      Pod stream = own.pod("/v1/stream");
      return new Installation(pushpin.start(stream), own, stream);
    }

    @Override
    public void close() {
      pushpin.close();
    }
  }

  PushpinTest(Deployment deployment) {
    Installation installation = deployment.once(Installation.class, Installation::beside);
    pushpin = installation.pushpin();
    own = installation.own();
    stream = installation.stream();
  }

  private TestSocket connect(User user) {
    TestSocket socket = TestSocket.open(pushpin.uri("/v1/stream"), "Authorization", "Bearer " + user.token());
    var _ = socket.awaitType("hello");
    return socket;
  }

  private static BufferedReader events(URI uri, User user) throws Exception {
    HttpResponse<InputStream> answer = HTTP.send(HttpRequest.newBuilder(uri)
      .header("Authorization", "Bearer " + user.token())
      .header("Accept", "text/event-stream")
      .build(), BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  /** Reads up to the frame that has a text. */
  private static void readUpTo(BufferedReader events, String text) throws Exception {
    for (String line = events.readLine(); line != null; line = events.readLine()) {
      if (line.startsWith("data:") && line.contains(text)) {
        return;
      }
    }
    throw new AssertionError("The stream has ended");
  }

  @Test
  void message_reachesReaders_whileNoProcessOfStreamLives() throws Exception {
    User ada = User.create(own);
    User linus = User.create(own);
    Map<User, List<TestSocket>> idle = new LinkedHashMap<>();
    try (BufferedReader events = events(pushpin.uri("/v1/stream"), linus)) {
      readUpTo(events, "\"sync\"");
      for (int left = CONNECTIONS; left > 0; left -= PER_USER) {
        User reader = User.create(own);
        idle.put(reader, Stream.generate(() -> connect(reader)).limit(Math.min(left, PER_USER)).toList());
      }
      Pod send = own.pod("/v1/send");
      stream.terminate();
      assertThat(stream.exitStatus()).isZero();
      for (Map.Entry<User, List<TestSocket>> each : idle.entrySet()) {
        Message sent = Message.of(ada.exchange(send,
            User.message(Map.of("to", each.getKey().name(), "content", Secrets.text("awake?")))));
        for (TestSocket socket : each.getValue()) {
          var _ = socket.await(text -> text.contains(sent.id()) && text.contains("\"sequence\""));
        }
      }
      Message other = Message.of(
          ada.exchange(send, User.message(Map.of("to", linus.name(), "content", Secrets.text("and you?")))));
      readUpTo(events, other.id());
      assertThat(stream.isAlive()).isFalse();
      assertThat(idle.values().stream().flatMap(List::stream)).noneMatch(TestSocket::isClosed);
    } finally {
      idle.values().forEach(all -> all.forEach(TestSocket::close));
      if (!stream.isAlive()) {
        stream.restart();
      }
    }
  }

  @Test
  void endOfTheSession_endsConnectionsAtTheProxy() {
    User ada = User.create(own);
    User other = ada.again();
    try (TestSocket ended = connect(other); TestSocket open = connect(ada)) {
      assertThat(other.exchange(Request.post("/v1/logout").json(Map.of())).status()).isEqualTo(204);
      await().atMost(ENDED).until(ended::isClosed);
      assertThat(ended.texts().getLast()).contains("revoked");
      assertThat(open.isClosed()).isFalse();
    }
  }

  @Test
  void frames_goBothWays() {
    User ada = User.create(own);
    User grace = User.create(own);
    try (TestSocket adas = connect(ada); TestSocket graces = connect(grace)) {
      adas.send("{\"type\":\"sync\"}");
      var _ = adas.awaitType("sync");
      adas.send("{\"type\":\"send\",\"clientId\":\"%s\",\"to\":\"%s\",\"content\":\"%s\"}".formatted(
          ClientIds.now(), grace.name(), Secrets.text("hello")));
      String ack = adas.awaitType("ack");
      String id = ack.replaceFirst(".*\"message\":\\{\"id\":\"([^\"]*)\".*", "$1");
      var _ = graces.await(text -> text.startsWith("{\"type\":\"message\"") && text.contains(id));
    }
  }

  @Test
  void clients_missNothing_whenAnythingBetweenThemEnds() throws Exception {
    new LiveChaos(own, Soak.seed(), () -> pushpin.uri("/v1/stream"),
        List.of(() -> LiveChaos.killAndRestart(stream), () -> LiveChaos.restartRedis(own),
            pushpin::killAndRestart))
      .run();
  }

  /** Events as the proxy would send them. headers: names and values, alternating */
  private static int post(URI uri, String body, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri)
      .header("Content-Type", "application/websocket-events")
      .header("Accept", "application/websocket-events")
      .POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  @Test
  void forgedEvents_areRefused() throws Exception {
    String text = "{\"type\":\"sync\"}";
    String event = "TEXT %x\r\n%s\r\n".formatted(text.length(), text);
    URI direct = stream.uri("/v1/stream");
    assertThat(post(direct, event, "Connection-Id", "one")).as("without a proxy").isBetween(400, 499);
    assertThat(post(direct, event, "Connection-Id", "one", "Grip-Sig", "e30.e30.e30"))
      .as("with a forged signature")
      .isBetween(400, 499);
    // Through the proxy, which signs whatever it forwards, with a state that nobody has sealed.
    assertThat(post(pushpin.uri("/v1/stream"), event, "Connection-Id", "one")).isBetween(400, 499);
    assertThat(post(pushpin.uri("/v1/stream"), event, "Connection-Id", "one", "Meta-State", "forged",
        "Meta-User", "somebody"))
      .isBetween(400, 499);
  }
}
