package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.OnBothTargets;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.ClientIds;
import dev.knatter.e2e.http.Message;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import dev.knatter.embedded.Checkout;
import dev.knatter.testing.TestSocket;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What happens is told at once over a held connection, in the frames that docs/asyncapi.yaml describes. */
@OnBothTargets
final class LiveTest {
  private static final Duration ENDED = Duration.ofSeconds(10);

  private final Deployment deployment;
  private final User ada;
  private final User grace;

  LiveTest(Deployment deployment) {
    this.deployment = deployment;
    this.ada = User.create(deployment);
    this.grace = User.create(deployment);
  }

  private URI stream(String query) {
    return deployment.pod("/v1/stream").uri("/v1/stream" + query);
  }

  private TestSocket connect(User user) {
    TestSocket socket = TestSocket.open(stream(""), "Authorization", "Bearer " + user.token());
    var _ = socket.awaitType("hello");
    return socket;
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private static void assertDescribed(TestSocket socket) throws IOException {
    JsonNode document = YAMLMapper.shared()
      .readTree(Files.readString(Checkout.root().resolve("docs/asyncapi.yaml")));
    for (String text : socket.texts()) {
      JsonNode frame = json(text);
      String type = frame.path("type").asString();
      String name = "frame" + Character.toUpperCase(type.charAt(0)) + type.substring(1);
      Schema schema = SchemaRegistry.withDialect(Dialects.getDraft202012())
        .getSchema(document.at("/components/schemas/" + name));
      assertThat(schema.validate(frame)).as(text).isEmpty();
    }
  }

  private static Map<String, String> naming(Message message, String... more) {
    Map<String, String> body = new HashMap<>(
        Map.of("conversationId", message.conversation(), "id", message.id()));
    for (int i = 0; i < more.length; i += 2) {
      body.put(more[i], more[i + 1]);
    }
    return body;
  }

  private static void done(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isIn(200, 201, 204);
  }

  @Test
  void everythingThatHappens_isTold_asDescribed() throws Exception {
    try (TestSocket graces = connect(grace); TestSocket adas = connect(ada)) {
      Message sent = ada.say(grace.name(), Secrets.text("hello"));
      JsonNode told = json(graces.await(text -> text.contains(sent.id())));
      assertThat(told.at("/message/content").asString()).isEqualTo(sent.content());

      done(ada.exchange(Request.post("/v1/edit").json(naming(sent, "content", Secrets.text("better")))));
      assertThat(json(graces.awaitType("edited")).at("/message/version").asInt()).isEqualTo(2);
      done(grace.exchange(Request.post("/v1/react").json(naming(sent, "emoji", "👋"))));
      assertThat(json(adas.awaitType("reaction")).at("/message/reactions/0/mine").asBoolean(true)).isFalse();
      assertThat(json(graces.awaitType("reaction")).at("/message/reactions/0/mine").asBoolean()).isTrue();
      done(grace.exchange(
          Request.post("/v1/read").json(Map.of("conversationId", sent.conversation(), "upTo", sent.id()))));
      assertThat(json(adas.awaitType("read")).path("username").asString()).isEqualTo(grace.name());
      done(ada.exchange(Request.post("/v1/delete").json(naming(sent))));
      assertThat(json(graces.awaitType("deleted")).at("/message/deletedAt").asString()).isNotEmpty();

      Answer group = ada.exchange(
          Request.post("/v1/conversations")
            .json(Map.of("name", Secrets.text("engines"), "members", List.of(grace.name()))));
      done(group);
      JsonNode created = json(graces.awaitType("conversation"));
      assertThat(created.path("conversationId").asString()).isEqualTo(group.text("conversationId"));
      assertThat(created.path("change").asString()).isEqualTo("created");

      String clientId = ClientIds.now();
      adas.send(JsonMapper.shared()
        .writeValueAsString(
            Map.of("type", "send", "clientId", clientId, "conversationId", group.text("conversationId"),
                "content", Secrets.text("over the socket"))));
      JsonNode ack = json(adas.awaitType("ack"));
      assertThat(ack.path("clientId").asString()).isEqualTo(clientId);
      var _ = graces.await(text -> text.contains(ack.at("/message/id").asString()));
      graces.send("{\"type\":\"sync\"}");
      var _ = graces.awaitType("sync");
      assertDescribed(graces);
      assertDescribed(adas);
      List<Long> numbers = graces.texts()
        .stream()
        .map(LiveTest::json)
        .filter(frame -> frame.has("sequence") && !frame.path("type").asString().equals("hello"))
        .map(frame -> frame.path("sequence").asLong())
        .toList();
      assertThat(numbers).doesNotHaveDuplicates().isNotEmpty();
    }
  }

  @Test
  void logout_endsTheConnection() {
    User other = grace.again();
    try (TestSocket ended = connect(other); TestSocket open = connect(grace)) {
      done(other.exchange(Request.post("/v1/logout").json(Map.of())));
      await().atMost(ENDED).until(ended::isClosed);
      assertThat(json(ended.awaitType("bye")).path("reason").asString()).isEqualTo("revoked");
      assertThat(open.isClosed()).isFalse();
    }
  }

  @Test
  void erasure_endsTheConnections() {
    User gone = User.create(deployment);
    try (TestSocket socket = connect(gone)) {
      assertThat(
          gone.exchange(Request.post("/v1/me/erase").json(Map.of("password", gone.password()))).status())
        .isEqualTo(202);
      await().atMost(ENDED).until(socket::isClosed);
    }
  }

  @Test
  void removedMember_isToldNothingMore() {
    Answer group = ada.exchange(
        Request.post("/v1/conversations")
          .json(Map.of("name", Secrets.text("looms"), "members", List.of(grace.name()))));
    done(group);
    String id = group.text("conversationId");
    try (TestSocket graces = connect(grace)) {
      done(ada.exchange(Request.of("DELETE", "/v1/conversations/" + id + "/members/" + grace.name())));
      var _ = graces.await(text -> text.contains("member-removed"));
      await().atMost(ENDED).until(() -> {
        Answer sent = ada.send(Map.of("conversationId", id, "content", Secrets.text("without Grace")));
        done(sent);
        graces.send("{\"type\":\"sync\"}");
        int synced = graces.texts().size();
        await().until(() -> graces.texts().stream().skip(synced).anyMatch(text -> text.contains("\"sync\"")));
        return graces.texts().stream().noneMatch(text -> text.contains(sent.text("id")));
      });
    }
  }
}
