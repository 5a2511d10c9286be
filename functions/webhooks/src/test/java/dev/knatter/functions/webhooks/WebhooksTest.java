package dev.knatter.functions.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import com.standardwebhooks.Webhook;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.shared.token.Identity;
import dev.knatter.testing.RealStores;
import dev.knatter.testing.Receiver;
import dev.knatter.testing.Receiver.Received;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class WebhooksTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final Random random = new Random();
  private static final String URL = "https://hooks.example.com/knatter";
  private static Installation installation;
  private static Pod pod;

  private final Identity ada = register("ada");
  private final String token = token(ada);
  private final Receiver receiver = Receiver.http();

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    installation = Installation.on(stores, keys, Map.of("KNATTER_WEBHOOKS_INSECURE", "true"));
    pod = installation.start(WebhooksEndpoints::endpoints);
  }

  @AfterEach
  void closeReceiver() {
    receiver.close();
  }

  @AfterAll
  static void close() {
    pod.close();
    installation.close();
  }

  private static Identity register(String name) {
    return installation.register(name + "-" + Long.toHexString(random.nextLong()));
  }

  private static String token(Identity who) {
    return installation.authorization(who);
  }

  private Answer create(Object body, String... more) {
    List<String> headers = new ArrayList<>(List.of("Authorization", token));
    headers.addAll(List.of(more));
    return pod.post("/v1/webhooks", body, headers.toArray(String[]::new));
  }

  private Answer created() {
    Answer answer = create(Map.of("url", receiver.url("/").toString()));
    assertThat(answer.status()).isEqualTo(201);
    return answer;
  }

  private Answer send(String method, String path, Object body) {
    return pod.send(method, "/v1/webhooks" + path, body, "Authorization", token);
  }

  private List<JsonNode> list() {
    Answer answer = send("GET", "", "");
    assertThat(answer.status()).isEqualTo(200);
    return StreamSupport.stream(answer.body().path("webhooks").spliterator(), false).toList();
  }

  private static void assertPointer(Answer answer, String pointer) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:invalid-request");
    assertThat(answer.pointer()).isEqualTo(pointer);
  }

  @Test
  void webhook_isCreatedListedChangedAndDeleted() {
    Answer created = create(Map.of("url", URL, "types", List.of("dev.knatter.message.sent.v1")));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Cache-Control")).contains("no-store");
    assertThat(created.text("url")).isEqualTo(URL);
    assertThat(created.text("state")).isEqualTo("enabled");
    assertThat(created.text("secret")).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(created.body().path("types").path(0).asString()).isEqualTo("dev.knatter.message.sent.v1");
    String id = created.text("webhookId");

    assertThat(list()).singleElement().satisfies(webhook -> {
      assertThat(webhook.path("webhookId").asString()).isEqualTo(id);
      assertThat(webhook.path("createdAt").asString()).isEqualTo(created.text("createdAt"));
      assertThat(webhook.has("secret")).isFalse();
      assertThat(webhook.toString()).doesNotContain("whsec");
    });
    Answer changed = send("PATCH", "/" + id,
        Map.of("url", URL + "/2", "types", List.of(), "state", "enabled"));
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.text("url")).isEqualTo(URL + "/2");
    assertThat(changed.body().has("secret")).isFalse();
    assertThat(send("DELETE", "/" + id, "").status()).isEqualTo(204);
    assertThat(send("DELETE", "/" + id, "").status()).isEqualTo(204);
    assertThat(list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://10.0.0.1/", "https://[::1]/", "https://redis.knatter.svc/",
      "ftp://a.example.com/",
      "https://user:secret@hooks.example.com/", "https://hooks.example.com/#x", "hooks.example.com", ""})
  void urlThatIsNotAllowed_is400(String url) {
    assertPointer(create(Map.of("url", url)), "/url");
    assertPointer(send("PATCH", "/" + created().text("webhookId"), Map.of("url", url)), "/url");
  }

  @Test
  void inputThatIsNone_is400AndNamesWhere() {
    assertPointer(create("{}"), "/url");
    assertPointer(create(Map.of("url", URL, "types", List.of("dev.knatter.message.sent.v1", "x"))),
        "/types/1");
    assertPointer(create(Map.of("url", URL, "conversationId", "x")), "/conversationId");
    assertPointer(create(Map.of("url", URL, "secret", "whsec_mine")), "/secret");
    String id = created().text("webhookId");
    assertPointer(send("PATCH", "/" + id, Map.of("state", "disabled")), "/state");
    assertPointer(send("DELETE", "/none", ""), "/webhookId");
    assertPointer(send("GET", "/" + id + "/deliveries?limit=5", ""), "/limit");
  }

  @Test
  void webhookOfAConversation_needsItsMembership() {
    Identity grace = register("grace");
    Conversation theirs = Conversation.direct(ada.userId(), grace.userId());
    stores.session()
      .execute("INSERT INTO conversations (conversation_id, kind, members, slice) VALUES (?, 'direct', ?, 0)",
          theirs.id(), theirs.members());
    Answer created = create(Map.of("url", URL, "conversationId", theirs.id()));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text("conversationId")).isEqualTo(theirs.id().toString());

    assertThat(create(Map.of("url", URL, "conversationId", UUID.randomUUID())).status()).isEqualTo(404);
    String stranger = token(register("eve"));
    assertThat(
        pod.post("/v1/webhooks", Map.of("url", URL, "conversationId", theirs.id()), "Authorization", stranger)
          .status())
      .isEqualTo(404);
  }

  @Test
  void eleventh_isRefused() {
    IntStream.range(0, 10).forEach(_ -> created());
    Answer answer = create(Map.of("url", URL));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text("detail")).contains("10 webhooks");
  }

  @Test
  void creationUnderAKey_isOneHoweverOftenItIsTried() {
    Answer first = create(Map.of("url", URL), "Idempotency-Key", "\"hook-1\"");
    Answer again = create(Map.of("url", URL), "Idempotency-Key", "\"hook-1\"");
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    assertThat(again.header("Idempotency-Replayed")).contains("true");
    assertThat(list()).hasSize(1);
    Answer other = create(Map.of("url", URL + "/2"), "Idempotency-Key", "\"hook-1\"");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.text("type")).isEqualTo("urn:knatter:problem:client-id-reused");
  }

  @Test
  void testEvent_isSentNowAndAnsweredInWords() {
    Answer created = created();
    String id = created.text("webhookId");
    Answer test = send("POST", "/" + id + "/test", "");
    assertThat(test.status()).isEqualTo(200);
    assertThat(test.body().path("delivered").asBoolean()).isTrue();
    assertThat(test.body().path("status").asInt()).isEqualTo(204);
    assertThat(test.text("outcome")).isEqualTo("The receiver answered 204.");
    Received event = receiver.received().getFirst();
    assertThat(event.body()).contains("\"type\":\"dev.knatter.webhook.test.v1\"").contains(id);
    assertThatCode(() -> new Webhook(created.text("secret")).verify(event.body(), event.headers()))
      .doesNotThrowAnyException();

    receiver.answer(exchange -> {
      byte[] secrets = "internal secrets".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(500, secrets.length);
      exchange.getResponseBody().write(secrets);
    });
    Answer failed = send("POST", "/" + id + "/test", "");
    assertThat(failed.status()).isEqualTo(200);
    assertThat(failed.body().path("delivered").asBoolean()).isFalse();
    assertThat(failed.http().body()).doesNotContain("internal secrets");
    Answer deliveries = send("GET", "/" + id + "/deliveries", "");
    assertThat(deliveries.body().path("deliveries")).hasSize(2);
    assertThat(deliveries.body().path("deliveries").path(0).path("status").asInt()).isEqualTo(500);
    assertThat(list()).allMatch(webhook -> webhook.path("state").asString().equals("enabled"));
  }

  @Test
  void rotation_makesBothSecretsSign() {
    Answer created = created();
    Answer rotated = send("POST", "/" + created.text("webhookId") + "/rotate", "");
    assertThat(rotated.status()).isEqualTo(200);
    assertThat(rotated.text("secret")).startsWith("whsec_").isNotEqualTo(created.text("secret"));
    assertThat(rotated.text("previousSecretUntil")).isNotEmpty();
    assertThat(rotated.header("Cache-Control")).contains("no-store");
    send("POST", "/" + created.text("webhookId") + "/test", "");

    Received event = receiver.received().getFirst();
    for (String secret : List.of(created.text("secret"), rotated.text("secret"))) {
      assertThatCode(() -> new Webhook(secret).verify(event.body(), event.headers()))
        .doesNotThrowAnyException();
    }
  }

  @Test
  void webhookOfSomebodyElse_isNotFound() {
    String id = created().text("webhookId");
    String stranger = token(register("eve"));
    String path = "/v1/webhooks/" + id;
    assertThat(pod.send("PATCH", path, "{}", "Authorization", stranger).status()).isEqualTo(404);
    assertThat(pod.send("POST", path + "/rotate", "", "Authorization", stranger).status()).isEqualTo(404);
    assertThat(pod.send("POST", path + "/test", "", "Authorization", stranger).status()).isEqualTo(404);
    assertThat(pod.get(path + "/deliveries", "Authorization", stranger).status()).isEqualTo(404);
    assertThat(pod.delete(path, "Authorization", stranger).status()).isEqualTo(204);
    assertThat(list()).hasSize(1);
    assertThat(receiver.received()).isEmpty();
  }

  @Test
  void stranger_is401() {
    assertThat(pod.get("/v1/webhooks").status()).isEqualTo(401);
    assertThat(pod.post("/v1/webhooks", Map.of("url", URL)).status()).isEqualTo(401);
  }

  @Test
  void tests_areLimited() {
    String path = "/" + created().text("webhookId") + "/test";
    installation.useUp(RateLimit.WEBHOOK_TESTS, ada.userId().toString());
    assertThat(send("POST", path, "").status()).isEqualTo(429);
    assertThat(receiver.received()).isEmpty();
  }

  @Test
  void withoutCassandra_is503() {
    stores.cassandra().cut();
    Answer answer = create(Map.of("url", URL));
    stores.cassandra().restore();
    installation.awaitStores(pod);
    assertThat(answer.status()).isEqualTo(503);
  }
}
