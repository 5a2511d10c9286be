package dev.knatter.functions.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.knatter.chat.event.CommandType;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.functions.testing.TestEvents;
import dev.knatter.shared.token.Identity;
import dev.knatter.testing.RealStores;
import dev.knatter.testing.Receiver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class DeadLettersTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final String PATH = "/v1/dead-letters";
  private static Receiver broker;
  private static Installation installation;
  private static Pod pod;
  private static Identity ada;
  private static Identity grace;

  /** The source of this test's events. Each test has its own, because the product remembers an event longer than its letter. */
  private final String source = "/" + UUID.randomUUID();
  private final String type = "dev.knatter.test" + source.replace('/', '.');

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    broker = Receiver.http();
    installation = Installation.on(stores, keys,
        Map.of("KNATTER_OPERATORS", "Ada, somebody-else", "K_SINK",
            broker.url("/knatter/default").toString()));
    pod = installation.start(DeadLettersEndpoints::endpoints);
    ada = installation.register("ada");
    grace = installation.register("grace");
  }

  @AfterAll
  static void close() {
    pod.close();
    installation.close();
    broker.close();
  }

  @BeforeEach
  void reset() {
    broker.forget();
    broker.answer(202);
  }

  private static String[] authorized(String... more) {
    List<String> headers = new ArrayList<>(List.of(more));
    headers.addAll(List.of("Authorization", installation.authorization(ada)));
    return headers.toArray(String[]::new);
  }

  private Answer arrive(String id, String data, String... more) {
    List<String> headers = new ArrayList<>(List.of(more));
    headers.addAll(List.of("ce-specversion", "1.0", "ce-id", id, "ce-source", source, "ce-type", type));
    return pod.send("POST", "/", data, headers.toArray(String[]::new));
  }

  /** Returns the letters of this test from all pages. */
  private List<JsonNode> list(int limit) {
    List<JsonNode> letters = new ArrayList<>();
    String query = "?limit=" + limit;
    String next;
    do {
      String at = PATH + query;
      // A page of a list that is nearly empty reads hundreds of hours, which takes a busy machine too long sometimes.
      Answer page = await().until(() -> pod.get(at, authorized()), answer -> answer.status() != 503);
      assertThat(page.status()).as(page.http().body()).isEqualTo(200);
      page.body().path("deadLetters").forEach(letters::add);
      next = page.text("next");
      query = "?limit=" + limit + "&before=" + next;
    } while (!next.isEmpty());
    return letters.stream().filter(letter -> letter.path("type").asString().equals(type)).toList();
  }

  private String onlyId() {
    return list(100).getFirst().path("id").asString();
  }

  private static Answer post(String path, String body) {
    return pod.send("POST", PATH + path, body, authorized());
  }

  @Test
  void deadLetter_isAnsweredByNothingAndListed() {
    Answer answer = arrive("1", "{\"number\":1}", "Content-Type", "application/json", "ce-subject", "ada",
        "ce-time", "2020-01-01T01:00:00+01:00", "ce-partitionkey", "p%20q", "ce-knativeerrorcode", "400",
        "ce-knativeerrordata", "d3Jvbmc=", "ce-knativeerrordest", "http://evil.example");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.http().body()).isEmpty();
    assertThat(answer.http().headers().map().keySet()).noneMatch(name -> name.startsWith("ce-"));

    JsonNode letter = list(100).getFirst();
    assertThat(letter.path("source").asString()).isEqualTo(source);
    assertThat(letter.path("eventId").asString()).isEqualTo("1");
    assertThat(letter.path("subject").asString()).isEqualTo("ada");
    assertThat(letter.path("time").asString()).isEqualTo("2020-01-01T00:00:00.000Z");
    assertThat(letter.path("dataContentType").asString()).isEqualTo("application/json");
    assertThat(letter.path("extensions").toString()).isEqualTo("{\"partitionkey\":\"p q\"}");
    assertThat(letter.path("arrivals").asInt()).isOne();
    assertThat(letter.path("retries").asInt(-1)).isZero();
    assertThat(letter.path("error").path("code").asInt()).isEqualTo(400);
    assertThat(letter.path("error").path("data").asString()).isEqualTo("wrong");
    assertThat(letter.path("error").path("destination").asString()).isEqualTo("http://evil.example");
    assertThat(letter.path("data").asString()).isEqualTo("{\"number\":1}");
    assertThat(pod.get(PATH + "/" + letter.path("id").asString(), authorized()).body()).isEqualTo(letter);
  }

  @Test
  void dataOfAnyType_areStored() {
    String large = "€".repeat(300_000);
    assertThat(arrive("text", large, "Content-Type", "text/plain; charset=utf-8").status()).isEqualTo(202);
    assertThat(arrive("none", "").status()).isEqualTo(202);
    String structured = """
        {"specversion":"1.0","id":"structured","source":"%s","type":"%s","datacontenttype":"image/png",
        "data_base64":"/wAB"}""".formatted(source, type);
    assertThat(pod.send("POST", "/", structured, "Content-Type", "application/cloudevents+json").status())
      .isEqualTo(202);

    List<JsonNode> letters = list(2);
    assertThat(letters).extracting(letter -> letter.path("eventId").asString())
      .containsExactly("structured", "none", "text");
    assertThat(letters.get(0).path("dataBase64").asString()).isEqualTo("/wAB");
    assertThat(letters.get(0).has("data")).isFalse();
    assertThat(letters.get(1).path("data").asString("?")).isEmpty();
    assertThat(letters.get(2).path("data").asString()).isEqualTo(large);
    assertThat(arrive("huge", "x".repeat((1 << 20) + 1), "Content-Type", "text/plain").status())
      .isEqualTo(413);
  }

  @Test
  void sameEventTwice_isOneLetter() {
    arrive("1", "{}");
    arrive("1", "{}");
    assertThat(list(100)).singleElement()
      .satisfies(letter -> assertThat(letter.path("arrivals").asInt()).isEqualTo(2));
  }

  @Test
  void retry_postsTheEventToTheBrokerAsItWas() {
    arrive("%C3%A4/1", "{\"number\":1}", "Content-Type", "application/json", "ce-partitionkey", "p",
        "ce-knativeerrorcode", "500", "ce-knativeerrordest", "http://127.0.0.1:1/");
    Answer answer = post("/" + onlyId() + "/retry", "");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.http().body()).isEmpty();

    assertThat(broker.received()).singleElement().satisfies(event -> {
      assertThat(event.header("ce-id")).isEqualTo("%C3%A4/1");
      assertThat(event.header("Ce-source")).isEqualTo(source);
      assertThat(event.header("Ce-type")).isEqualTo(type);
      assertThat(event.header("Ce-partitionkey")).isEqualTo("p");
      assertThat(event.header("Content-type")).isEqualTo("application/json");
      assertThat(event.headers().keySet()).noneMatch(name -> name.startsWith("Ce-knativeerror"));
      assertThat(event.body()).isEqualTo("{\"number\":1}");
    });
    assertThat(list(100)).isEmpty();
  }

  @Test
  void retry_thatTheBrokerRefuses_leavesTheLetter() {
    arrive("1", "{}");
    String id = onlyId();
    broker.answer(400);
    Answer refused = post("/" + id + "/retry", "");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.text("detail")).isEqualTo("The broker refuses this event. It stays in the list.");
    broker.answer(503);
    Answer away = post("/" + id + "/retry", "");
    assertThat(away.status()).isEqualTo(503);
    assertThat(away.text("detail")).contains("does not accept events at this moment");
    assertThat(away.header("Retry-After")).contains("10");
    assertThat(onlyId()).isEqualTo(id);

    broker.answer(200);
    assertThat(post("/" + id + "/retry", "").status()).isEqualTo(202);
    assertThat(post("/" + id + "/retry", "").status()).isEqualTo(404);
  }

  @Test
  void retryOfAType_saysHowManyAndWhetherMoreAreLeft() {
    arrive("1", "{}");
    arrive("2", "{}");
    Answer answer = post("/retry", "{\"type\":\"" + type + "\"}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().toString()).isEqualTo("{\"retried\":2,\"refused\":0}");
    assertThat(broker.received()).hasSize(2);
    assertThat(list(100)).isEmpty();
  }

  @Test
  void withoutABroker_aRetryIs503AndSaysSo(@TempDir Path keys) throws Exception {
    try (Installation other = Installation.on(stores, keys, Map.of("KNATTER_OPERATORS", "ada"));
        Pod without = other.start(DeadLettersEndpoints::endpoints)) {
      String token = other.authorization(ada);
      for (String path : List.of("/" + UUID.randomUUID() + "/retry", "/retry")) {
        Answer answer = without.send("POST", PATH + path, "{}", "Authorization", token);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("detail")).contains("K_SINK");
      }
    }
  }

  @Test
  void deletedLetter_isGone() {
    arrive("1", "{}");
    String id = onlyId();
    assertThat(pod.delete(PATH + "/" + id, authorized()).status()).isEqualTo(204);
    assertThat(pod.delete(PATH + "/" + id, authorized()).status()).isEqualTo(204);
    assertThat(pod.get(PATH + "/" + id, authorized()).status()).isEqualTo(404);
    assertThat(list(100)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"GET, ''", "GET, /5e0a9c4e-1f0b-8d3a-9b7c-2d4e6f8091a2", "POST, /retry",
      "DELETE, /5e0a9c4e-1f0b-8d3a-9b7c-2d4e6f8091a2",
      "POST, /5e0a9c4e-1f0b-8d3a-9b7c-2d4e6f8091a2/retry"})
  void whoIsNoOperator_isRefused(String method, String path) {
    String body = method.equals("POST") ? "{}" : "";
    assertThat(pod.send(method, PATH + path, body).status()).isEqualTo(401);
    Answer answer = pod.send(method, PATH + path, body, "Authorization", installation.authorization(grace));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:forbidden");
    assertThat(answer.header("WWW-Authenticate").orElse("")).contains("scope=\"knatter:operator\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?limit=0", "?limit=101", "?before=forged", "?before=", "?type=x", "/none"})
  void inputThatIsNone_is400(String query) {
    Answer answer = pod.get(PATH + query, authorized());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:invalid-request");
  }

  @Test
  void cursor_thatWasChanged_is400() {
    arrive("1", "{}");
    arrive("2", "{}");
    String next = pod.get(PATH + "?limit=1", authorized()).text("next");
    String changed = (next.startsWith("A") ? "B" : "A") + next.substring(1);
    assertThat(pod.get(PATH + "?limit=1&before=" + next, authorized()).status()).isEqualTo(200);
    assertThat(pod.get(PATH + "?limit=1&before=" + changed, authorized()).status()).isEqualTo(400);
    assertThat(post("/retry", "{\"before\":\"" + changed + "\"}").status()).isEqualTo(400);
  }

  @Test
  void letterThatASourceHasSigned_isOfTheUserWhomItNames() {
    String data = "{\"from\":\"grace\",\"to\":\"ada\",\"content\":\"hello\"}";
    Map<String, String> signed = TestEvents.signed(TestEvents.SOURCE, CommandType.SEND, "signed", data);
    Map<String, String> forged = new HashMap<>(signed);
    forged.put("id", "forged");
    String nobodys = data.replace("grace", "nobody");
    TestEvents.post(pod, TestEvents.LIMITED, CommandType.SEND, "for somebody else", data);
    assertThat(TestEvents.post(pod, signed, data).status()).isEqualTo(202);
    assertThat(TestEvents.post(pod, forged, data).status()).isEqualTo(202);
    assertThat(TestEvents.post(pod, TestEvents.SOURCE, CommandType.SEND, "nobody", nobodys).status())
      .isEqualTo(202);
    assertThat(stores.session().execute("SELECT user_id FROM dead_letters_of_user").all()).singleElement()
      .satisfies(row -> assertThat(row.getUuid("user_id")).isEqualTo(grace.userId()));
  }

  @Test
  void whatIsNoEvent_is400() {
    assertThat(pod.post("/", "{}").status()).isEqualTo(400);
  }

  @Test
  void withoutCassandra_is503AndTheBrokerMayComeAgain() {
    arrive("1", "{}");
    stores.cassandra().cut();
    assertThat(Answer.soon(() -> arrive("2", "{}")).status()).isEqualTo(503);
    assertThat(Answer.soon(() -> pod.get(PATH, authorized())).status()).isEqualTo(503);
    stores.cassandra().restore();
    await().until(() -> arrive("2", "{}").status() == 202);
    installation.awaitStores(pod);
    assertThat(list(100)).hasSize(2);
  }
}
