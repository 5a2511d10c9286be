package dev.knatter.functions.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;

import dev.knatter.chat.account.Blocks;
import dev.knatter.chat.account.Device;
import dev.knatter.chat.account.Login;
import dev.knatter.chat.account.Sessions;
import dev.knatter.chat.limit.UserInvalidations;
import dev.knatter.chat.message.Message;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.functions.testing.TestMessages;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.Revoker;
import dev.knatter.testing.RealStores;
import dev.knatter.testing.TestSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Connections that a process holds. What {@link TestMessages} stores is told to nobody, as if the bell were lost. */
final class StreamTest {
  @RegisterExtension
  static final RealStores real = RealStores.ofProduct();

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration SOON = Duration.ofSeconds(15);
  private static Installation installation;
  private static Pod pod;
  private static TestMessages stored;

  private final List<TestSocket> open = new ArrayList<>();
  private final Login ada = login("ada");
  private final Login grace = login("grace");

  @BeforeAll
  static void start(@TempDir Path keys) throws Exception {
    installation = Installation.on(real, keys);
    pod = installation.start(StreamEndpoints::endpoints);
    stored = new TestMessages(installation);
  }

  @AfterAll
  static void stop() {
    stored.close();
    pod.close();
    installation.close();
  }

  @AfterEach
  void disconnect() {
    open.forEach(TestSocket::close);
    real.redis().restore();
    installation.awaitStores(pod);
  }

  private static Login login(String name) {
    Identity registered = installation
      .register(name + "-" + Long.toHexString(UUID.randomUUID().getMostSignificantBits()));
    return installation.login(registered, Device.UNKNOWN);
  }

  private static String bearer(Login login) {
    return "Bearer " + login.accessToken();
  }

  private TestSocket connect(Login login) {
    TestSocket socket = TestSocket.open(pod.uri("/v1/stream"), "Authorization", bearer(login));
    open.add(socket);
    var _ = socket.awaitType("hello");
    return socket;
  }

  private static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  private static void send(TestSocket socket, Map<String, ?> frame) {
    socket.send(JSON.writeValueAsString(frame));
  }

  private static Map<String, String> message(String to, String content) {
    return Map.of("type", "send", "clientId", installation.ids().mint().toString(), "to", to, "content",
        content);
  }

  /** The frame about a message of this content. */
  private static JsonNode told(TestSocket socket, String type, String content) {
    return json(socket.await(text -> text.startsWith("{\"type\":\"" + type + "\"")
        && json(text).at("/message/content").asString().equals(content)));
  }

  private static String sync(TestSocket socket, String cursor) {
    int before = socket.texts().size();
    send(socket, cursor.isEmpty() ? Map.of("type", "sync") : Map.of("type", "sync", "cursor", cursor));
    await().until(() -> socket.texts()
      .stream()
      .skip(before)
      .anyMatch(text -> text.startsWith("{\"type\":\"sync\"")));
    return socket.texts()
      .stream()
      .skip(before)
      .filter(text -> text.startsWith("{\"type\":\"sync\""))
      .findFirst()
      .orElseThrow();
  }

  @Test
  void send_isAcknowledgedAndToldAtOnce_withNumbersInOrder() {
    TestSocket adas = connect(ada);
    TestSocket graces = connect(grace);
    long last = json(graces.awaitType("hello")).path("sequence").asLong();
    Map<String, String> first = message(grace.identity().username(), "one");
    send(adas, first);
    JsonNode ack = json(adas.awaitType("ack"));
    assertThat(ack.path("clientId").asString()).isEqualTo(first.get("clientId"));
    JsonNode frame = told(graces, "message", "one");
    assertThat(frame.at("/message/id")).isEqualTo(ack.at("/message/id"));
    assertThat(frame.path("sequence").asLong()).isEqualTo(last + 1);
    assertThat(frame.has("cursor")).isFalse();
    assertThat(told(adas, "message", "one").at("/message/id")).isEqualTo(ack.at("/message/id"));

    send(adas, first);
    await()
      .until(() -> adas.texts().stream().filter(text -> text.startsWith("{\"type\":\"ack\"")).count() == 2);
    assertThat(adas.texts()
      .stream()
      .filter(text -> text.startsWith("{\"type\":\"ack\""))
      .map(text -> json(text).at("/message/id"))
      .distinct()).hasSize(1);
  }

  @Test
  void invalidFrame_isAnsweredAndTheConnectionGoesOn() {
    TestSocket socket = connect(ada);
    socket.send("no JSON");
    assertThat(json(socket.awaitType("error")).at("/problem/status").asInt()).isEqualTo(400);
    send(socket, Map.of("type", "dance"));
    send(socket, Map.of("type", "sync", "cursor", "forged"));
    send(socket, Map.of("type", "sync", "unknown", 1));
    send(socket, Map.of("type", "send", "clientId", "none", "content", "x"));
    send(socket, message("nobody-" + UUID.randomUUID().toString().substring(0, 8), "hello"));
    await().until(
        () -> socket.texts().stream().filter(text -> text.startsWith("{\"type\":\"error\"")).count() == 6);
    JsonNode last = json(socket.texts().getLast());
    assertThat(last.at("/problem/type").asString()).isEqualTo("urn:knatter:problem:not-found");
    assertThat(last.has("clientId")).isTrue();
    assertThat(json(sync(socket, "")).path("more").asBoolean(true)).isFalse();
  }

  @Test
  void messageThatTheBellHasLost_isFoundInTheInbox() {
    TestSocket socket = connect(grace);
    Message lost = stored.send(ada.identity(), grace.identity(), "lost");
    JsonNode frame = json(await().atMost(SOON)
      .until(() -> socket.texts().stream().filter(text -> text.contains(lost.id().toString())).findFirst(),
          found -> found.isPresent())
      .orElseThrow());
    assertThat(frame.has("cursor")).as("a client that is still catching up would skip the rest").isFalse();
    assertThat(frame.has("sequence")).isFalse();
  }

  @Test
  void messageWhileRedisIsAway_isFoundInTheInbox() {
    TestSocket socket = connect(grace);
    real.redis().cut();
    Message sent = stored.send(ada.identity(), grace.identity(), "without Redis");
    await().atMost(SOON)
      .until(() -> socket.texts().stream().anyMatch(text -> text.contains(sent.id().toString())));
  }

  @Test
  void whatWasMissed_comesPageByPage_andOnce() {
    TestSocket socket = connect(grace);
    String cursor = json(sync(socket, "")).path("cursor").asString();
    socket.cut();
    Set<String> sent = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      sent.add(stored.send(ada.identity(), grace.identity(), "number " + i).id().toString());
    }
    TestSocket again = connect(grace);
    JsonNode page = json(sync(again, cursor));
    assertThat(page.path("more").asBoolean()).isTrue();
    JsonNode rest = json(sync(again, page.path("cursor").asString()));
    assertThat(rest.path("more").asBoolean(true)).isFalse();
    List<String> got = again.texts()
      .stream()
      .filter(text -> text.startsWith("{\"type\":\"message\""))
      .map(text -> json(text).at("/message/id").asString())
      .distinct()
      .toList();
    assertThat(got).containsExactlyInAnyOrderElementsOf(sent);
  }

  @Test
  void largeMessage_isRead_andHasItsNumber() {
    TestSocket adas = connect(ada);
    TestSocket graces = connect(grace);
    String content = "x".repeat(10_000);
    send(adas, message(grace.identity().username(), content));
    assertThat(told(graces, "message", content).path("sequence").asLong()).isPositive();
  }

  @Test
  void endOfTheSession_endsItsConnections_alsoWithoutRedis() {
    TestSocket socket = connect(ada);
    TestSocket other = connect(grace);
    real.redis().cut();
    new Sessions(installation.stores().cassandra(),
        new Revoker(installation.stores().cassandra(), installation.ids()))
      .endOwn(ada.identity());
    assertThat(json(socket.awaitType("bye")).path("reason").asString()).isEqualTo("revoked");
    assertThat(socket.awaitClose()).isEqualTo(1000);
    assertThat(other.isClosed()).isFalse();
    assertThatThrownBy(() -> connect(ada)).isInstanceOf(CompletionException.class);
  }

  @Test
  void ticket_opensOneConnection() {
    Answer answer = pod.post("/v1/stream/ticket", "{}", "Authorization", bearer(ada));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Cache-Control")).contains("no-store");
    String query = "/v1/stream?ticket=" + answer.text("ticket");
    TestSocket socket = TestSocket.open(pod.uri(query));
    open.add(socket);
    assertThat(json(socket.awaitType("hello")).path("userId").asString())
      .isEqualTo(ada.identity().userId().toString());
    assertThatThrownBy(() -> TestSocket.open(pod.uri(query))).cause()
      .isInstanceOfSatisfying(WebSocketHandshakeException.class,
          refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(401));
    assertThat(pod.post("/v1/stream/ticket", "{}").status()).isEqualTo(401);
  }

  @Test
  void typingAndPresence_areToldToPartners_andNotAcrossABlock() {
    TestSocket adas = connect(ada);
    TestSocket graces = connect(grace);
    send(adas, message(grace.identity().username(), "hello"));
    String conversation = told(graces, "message", "hello").at("/message/conversationId").asString();
    send(graces, Map.of("type", "typing", "conversationId", conversation));
    assertThat(json(adas.awaitType("typing")).path("username").asString())
      .isEqualTo(grace.identity().username());
    sayVisible(); // to nobody: she has not answered yet
    send(graces, message(ada.identity().username(), "hello too"));
    var _ = told(adas, "message", "hello too");
    assertThat(adas.texts()).noneMatch(text -> text.startsWith("{\"type\":\"presence\""));
    sayVisible();
    assertThat(json(adas.awaitType("presence")).path("online").asBoolean()).isTrue();
    send(adas, Map.of("type", "presence", "visible", true));
    assertThat(json(graces.awaitType("presence")).path("username").asString())
      .isEqualTo(ada.identity().username());

    new Blocks(installation.stores().cassandra(), new UserInvalidations(installation.stores().redis()))
      .block(ada.identity(), grace.identity().userId());
    await().atMost(SOON).pollInterval(Duration.ofSeconds(1)).until(() -> {
      int before = typing(adas);
      send(graces, Map.of("type", "typing", "conversationId", conversation));
      var _ = sync(graces, ""); // frames are answered in order
      String note = "note " + UUID.randomUUID(); // what comes later on the same channel arrives later
      send(adas, message(ada.identity().username(), note));
      var _ = told(adas, "message", note);
      return typing(adas) == before;
    });
  }

  private void sayVisible() {
    assertThat(pod.post("/v1/presence", Map.of("visible", true), "Authorization", bearer(grace)).status())
      .isEqualTo(204);
  }

  private static int typing(TestSocket socket) {
    return (int) socket.texts().stream().filter(text -> text.startsWith("{\"type\":\"typing\"")).count();
  }

  @Test
  void eventStream_resumesAtItsLastEvent() throws Exception {
    String id;
    try (BufferedReader events = events(grace)) {
      assertThat(json(data(events)).path("type").asString()).isEqualTo("hello");
      id = id(events, "sync");
    }
    Message missed = stored.send(ada.identity(), grace.identity(), "missed");
    try (BufferedReader events = events(grace, "Last-Event-ID", id)) {
      assertThat(json(data(events)).path("type").asString()).isEqualTo("hello");
      JsonNode frame = json(data(events));
      assertThat(frame.at("/message/id").asString()).isEqualTo(missed.id().toString());
      assertThat(frame.has("cursor")).isTrue();
    }
  }

  private static BufferedReader events(Login login, String... more) {
    List<String> headers = new ArrayList<>(
        List.of("Authorization", bearer(login), "Accept", "text/event-stream"));
    headers.addAll(List.of(more));
    return new BufferedReader(
        new InputStreamReader(pod.stream("/v1/stream", headers.toArray(String[]::new)),
            StandardCharsets.UTF_8));
  }

  private static String data(BufferedReader events) throws Exception {
    for (String line = events.readLine(); line != null; line = events.readLine()) {
      if (line.startsWith("data:")) {
        return line.substring("data:".length()).strip();
      }
    }
    throw new AssertionError("The stream has ended");
  }

  /** The id of the next event of a type. */
  private static String id(BufferedReader events, String type) throws Exception {
    String id = "";
    String seen = "";
    for (String line = events.readLine(); line != null; line = events.readLine()) {
      if (line.isEmpty()) {
        if (seen.contains("\"type\":\"" + type + "\"")) {
          return id;
        }
        id = "";
      } else if (line.startsWith("id:")) {
        id = line.substring("id:".length()).strip();
      } else if (line.startsWith("data:")) {
        seen = line;
      }
    }
    throw new AssertionError("The stream has ended");
  }

  @Test
  void unknownQuery_andACursorOfAWebSocket_areRefused() {
    for (String query : List.of("?page=1", "?cursor=x")) {
      assertThatThrownBy(() -> TestSocket.open(pod.uri("/v1/stream" + query), "Authorization", bearer(ada)))
        .cause()
        .isInstanceOfSatisfying(WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(400));
    }
    assertThatThrownBy(() -> TestSocket.open(pod.uri("/v1/stream"))).cause()
      .isInstanceOfSatisfying(WebSocketHandshakeException.class,
          refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(401));
  }
}
