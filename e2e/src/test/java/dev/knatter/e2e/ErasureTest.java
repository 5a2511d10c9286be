package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnProcesses;
import dev.knatter.e2e.deploy.Pod;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.deploy.Target;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Client;
import dev.knatter.e2e.http.Message;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.Together;
import dev.knatter.e2e.http.User;
import dev.knatter.testing.Contents;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Somebody wants to be forgotten. */
@OnProcesses
final class ErasureTest {
  /** Where it is deployed, the outbox is pinged once a minute. */
  private static final Duration PATIENCE = Duration.ofSeconds(150);
  /** Elsewhere outbox is called every ten minutes, and not by us. */
  private static final Duration UNTIL_CALLED = Duration.ofMinutes(12);
  /** Five seconds are promised. The rest is for a busy machine. */
  private static final Duration REVOKED = Duration.ofSeconds(20);

  private final Deployment deployment;
  private final User ada;
  private final User grace;

  ErasureTest(Deployment deployment) {
    this.deployment = deployment;
    this.ada = User.create(deployment);
    this.grace = User.create(deployment);
  }

  private static Request erasing(User who) {
    return Request.post("/v1/me/erase").json(Map.of("password", who.password()));
  }

  private Answer erase(User who) {
    Answer answer = who.exchange(erasing(who));
    assertThat(answer.status()).as("%s", answer).isEqualTo(202);
    return answer;
  }

  private Answer report(Answer erasure) {
    return Client.exchange(deployment, Request.get("/v1/erasures/" + erasure.text("erasureId")));
  }

  private static ConditionFactory awaiting(String what) {
    return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(200));
  }

  /** Has the passes due that would be hours later. */
  private void letTimePass(User who) {
    int shard = (int) (UUID.fromString(who.id()).getLeastSignificantBits() & 15);
    deployment.stores()
      .session()
      .execute("UPDATE erasing SET started_at = ? WHERE shard = ? AND user_id = ?",
          Instant.now().minus(Duration.ofHours(5)), shard, UUID.fromString(who.id()));
  }

  @Test
  void erase_endsTheAccountAndEmptiesItsMessages() {
    Message message = ada.say(grace.name(), Secrets.text("to be forgotten"));
    Message answer = grace.say(ada.name(), Secrets.text("to be kept"));
    for (int i = 0; i < 3; i++) { // so that the page is in the cache
      assertThat(grace.read("with", ada.name()).messages()).hasSize(2);
    }
    List<String> paths = List.of("/v1/messages", "/v1/me", "/v1/sessions", "/v1/users/" + grace.name());
    for (String path : paths) { // and so that no function has to wake within the seconds that it has
      assertThat(ada.exchange(Request.get(path)).status()).as(path).isEqualTo(200);
    }
    Answer erasure = erase(ada);

    Awaitility.await("the token is refused")
      .atMost(REVOKED)
      .until(() -> paths.stream().allMatch(path -> ada.exchange(Request.get(path)).status() == 401));
    assertThat(Client.exchange(deployment, User.credentials(ada.name(), ada.password())).status())
      .isEqualTo(401);
    assertThat(Client.exchange(deployment, User.registration(ada.name(), ada.password())).problem())
      .isEqualTo("username-taken");
    awaiting("nobody is called so")
      .until(() -> grace.exchange(User.reading("with", ada.name())).status() == 404
          && grace.exchange(Request.get("/v1/users/" + ada.name())).status() == 404
          && grace.send(Map.of("to", ada.name(), "content", Secrets.text("?"))).status() == 404
          && grace.send(Map.of("conversationId", message.conversation(), "content", Secrets.text("?")))
            .status() == 404);

    Answer done = awaiting("all is erased")
      .atMost(deployment.target() == Target.REMOTE ? UNTIL_CALLED : PATIENCE)
      .until(() -> report(erasure), report -> !report.text("erasedAt").isEmpty());
    assertThat(done.json().at("/erased/messages").asInt()).isOne();
    assertThat(grace.read("conversation", message.conversation()).messages())
      .filteredOn(each -> each.id().equals(message.id()) || each.id().equals(answer.id()))
      .extracting(Message::sender, Message::recipient, Message::content)
      .containsExactly(tuple(grace.name(), "~erased", answer.content()), tuple("~erased", grace.name(), ""));
    assertThat(grace.exchange(User.reading("conversation", message.conversation())).body())
      .contains("\"deletedAt\":\"" + done.text("startedAt") + "\"")
      .doesNotContain(ada.name());
  }

  @TestFactory
  Stream<DynamicTest> request_withAMistake_is400AndSaysWhere() {
    return Stream.of(
        mistake("/password", Map.of()),
        mistake("/password", Map.of("password", "7 chars")),
        mistake("/password", Map.of("password", "p".repeat(257))),
        mistake("/password", Map.of("password", 12_345_678)),
        mistake("/username", Map.of("password", ada.password(), "username", grace.name())),
        BadRequestCase.at("", "erase list", Request.post("/v1/me/erase").jsonText("[]")),
        BadRequestCase.at("/now", "erase query", erasing(ada).query("now", "true")),
        BadRequestCase.at("/erasureId", "report of no id", Request.get("/v1/erasures/1")),
        BadRequestCase.at("/all", "report query",
            Request.get("/v1/erasures/00000000-0000-4000-8000-000000000000").query("all", "true")))
      .map(mistake -> mistake.test(ada::exchange));
  }

  private static BadRequestCase mistake(String pointer, Map<String, ?> body) {
    return BadRequestCase.at(pointer, "erase " + pointer + " of " + body,
        Request.post("/v1/me/erase").json(body));
  }

  @Inside
  @Test
  void erase_leavesNothingInAnyTableOrKey() {
    String number = "+1555" + Math.abs(UUID.fromString(ada.id()).getLeastSignificantBits() % 10_000_000_000L);
    assertThat(ada.exchange(Request.of("PATCH", "/v1/me")
      .json(Map.of("displayName", "Countess " + ada.id().substring(24), "phoneNumber", number)))
      .status()).isEqualTo(200);
    Map<String, String> device = Map.of("name", "pocket " + ada.id(), "address", "push:" + ada.id(), "keyId",
        "key-" + ada.id(), "algorithm", "X25519", "publicKey", "AAAA");
    Answer second = Client.exchange(deployment, Request.post("/v1/login")
      .json(Map.of("username", ada.name(), "password", ada.password(), "device", device)));
    deployment.secrets().add(second.text("refreshToken"));
    assertThat(ada.exchange(Request.of("PUT", "/v1/blocks/" + grace.name())).status()).isEqualTo(204);
    assertThat(ada.exchange(Request.of("DELETE", "/v1/blocks/" + grace.name())).status()).isEqualTo(204);
    assertThat(grace.exchange(Request.get("/v1/users/" + ada.name())).status()).isEqualTo(200);
    List<String> said = new ArrayList<>();
    Message note = ada.say(ada.name(), remembered(said, "to herself"));
    for (int i = 0; i < 5; i++) {
      ada.say(grace.name(), remembered(said, "number " + i));
      grace.say(ada.name(), Secrets.text("answer"));
      ada.read("with", grace.name());
      grace.read("with", ada.name());
    }
    Answer erasure = erase(ada);
    letTimePass(ada);
    Answer report = awaiting("the erasure is finished").until(() -> report(erasure),
        each -> !each.text("finishedAt").isEmpty());

    assertThat(report.json().at("/erased/messages").asInt()).isEqualTo(6);
    assertThat(report.json().at("/erased/inboxEntries").asInt()).isEqualTo(11);
    assertThat(report.json().at("/erased/sessions").asInt()).isEqualTo(2);
    assertThat(report.json().at("/erased/publicKeys").asInt()).isOne();
    assertThat(report.json().at("/erased/phoneNumbers").asInt()).isOne();
    List<String> traces = new ArrayList<>(said);
    traces.addAll(List.of(ada.name(), number, "Countess " + ada.id().substring(24), "pocket " + ada.id(),
        "push:" + ada.id(), "key-" + ada.id(), note.id(), note.conversation()));
    awaiting("nothing is left").pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
      List<String> lines = lines();
      assertThat(lines).noneMatch(line -> traces.stream().anyMatch(line::contains));
      // Behind her id is nothing any more. It is in what is the other's, and for half an hour among what was revoked;
      // Redis remembers for an hour under which ids she has sent. What an unanswered attempt to erase her has announced is there
      // until the last sweep of that time.
      assertThat(lines).filteredOn(line -> line.contains(ada.id()))
        .allMatch(line -> line.startsWith("revocations:")
            || (line.contains("USER_ERASED") && !line.contains(erasure.text("erasureId")))
            || line.startsWith("knatter:{" + ada.id() + "}:body:") || line.contains(grace.id()));
    });
  }

  private static String remembered(List<String> said, String text) {
    String content = Secrets.text(text);
    said.add(content);
    return content;
  }

  /** Of all tables, and of the keys that are there in a minute: cached pages are found no more, and gone by then. */
  private List<String> lines() {
    List<String> keys = Contents.ofRedis(deployment.stores(), Duration.ofMinutes(1));
    assertThat(keys).noneMatch(line -> line.startsWith("page:"));
    return Stream.concat(Contents.ofCassandra(deployment.stores()).stream(), keys.stream()).toList();
  }

  @Inside
  @Test
  void erasureWhoseProcessWasKilled_isFinishedByAnother() {
    int count = 150; // more than one page of the inbox
    List<String> sent = Together.some(count, 8, i -> ada.say(grace.name(), Secrets.text("number " + i)).id());
    Pod sweeper = deployment.outbox();
    Answer erasure = erase(ada);
    deployment.stores().cassandra().delay(Duration.ofMillis(100)); // so that it can be met half way
    awaiting("some are erased").until(() -> report(erasure).json().at("/erased/messages").asInt(0) > 0);
    sweeper.kill();
    deployment.stores().cassandra().restore();
    sweeper.restart();
    int whenKilled = report(erasure).json().at("/erased/messages").asInt();

    Answer report = awaiting("all is erased").until(() -> report(erasure),
        each -> !each.text("erasedAt").isEmpty());
    assertThat(whenKilled).isBetween(1, count);
    assertThat(report.json().at("/erased/messages").asInt()).isEqualTo(count);
    assertThat(new PageWalk(grace).toThePast(100)).containsAll(sent);
    assertThat(grace.read("limit", "100").contents()).hasSize(100).containsOnly("");
  }
}
