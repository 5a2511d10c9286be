package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnProcesses;
import dev.knatter.e2e.deploy.Pod;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.ClientIds;
import dev.knatter.e2e.http.Message;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.Together;
import dev.knatter.e2e.http.User;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever sends again sends once. */
@OnProcesses
final class RetriesTest {
  private static final int AT_ONCE = 20;

  private final Deployment deployment;
  private final User ada;
  private final User grace;

  RetriesTest(Deployment deployment) {
    this.deployment = deployment;
    this.ada = User.create(deployment);
    this.grace = User.create(deployment);
  }

  /** How a client says that it is the same send. */
  enum Id {
    CLIENT_ID,
    /** A UUID of version 7 in the header is a clientId. */
    CLIENT_ID_IN_HEADER,
    OPAQUE_KEY;

    String mint() {
      return this == OPAQUE_KEY ? "order \\\"" + ClientIds.now() + "\\\"" : ClientIds.now();
    }

    Request on(User addressee, String content, String id) {
      Map<String, String> fields = Map.of("to", addressee.name(), "content", content);
      return this == CLIENT_ID
          ? User.message(with(fields, "clientId", id))
          : User.message(fields).header("Idempotency-Key", "\"" + id + "\"");
    }
  }

  private static Map<String, String> with(Map<String, String> fields, String name, String value) {
    Map<String, String> all = new HashMap<>(fields);
    all.put(name, value);
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void send_again_answersTheSameMessageAndSaysSo(Id id) {
    Request request = id.on(grace, Secrets.text("once"), id.mint());
    Answer first = ada.exchange(request);
    Answer second = ada.exchange(request);
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(second.json()).isEqualTo(first.json());
    isTheOnlyMessage(Message.of(first));
  }

  @ParameterizedTest
  @EnumSource(names = {"CLIENT_ID_IN_HEADER", "OPAQUE_KEY"})
  void send_underAKeyWithoutQuotes_isTheSameAsWithThem(Id id) {
    String key = id == Id.OPAQUE_KEY ? "order " + ClientIds.now() : id.mint();
    Request quoted = id.on(grace, Secrets.text("once"), key);
    Request bare = new Request(quoted.method(), quoted.path(), quoted.query(), List.of(),
        quoted.contentType(),
        quoted.body(), true)
      .header("Idempotency-Key", key);
    Answer first = ada.exchange(bare);
    Answer second = ada.exchange(quoted);
    assertThat(first.status()).isEqualTo(201);
    assertThat(second.json()).isEqualTo(first.json());
    isTheOnlyMessage(Message.of(first));
  }

  @ParameterizedTest
  @EnumSource
  void send_twentyTimesAtOnceToTwoProcesses_isOneMessage(Id id) {
    List<Pod> pods = deployment.pods("/v1/send", 2);
    Request request = id.on(grace, Secrets.text("once"), id.mint());
    List<Message> sent = Together.all(AT_ONCE, number -> untilSent(pods.get(number % 2), request));
    assertThat(sent).hasSize(AT_ONCE);
    assertThat(sent.stream().distinct()).hasSize(1);
    isTheOnlyMessage(sent.getFirst());
  }

  @ParameterizedTest
  @EnumSource
  @Inside
  void send_againWhenRedisHasForgotten_answersTheSameMessage(Id id) {
    Request request = id.on(grace, Secrets.text("once"), id.mint());
    Answer first = ada.exchange(request);
    deployment.stores().flushRedis();
    Answer second = ada.exchange(request);
    assertThat(second.json()).isEqualTo(first.json());
    isTheOnlyMessage(Message.of(first));
  }

  @ParameterizedTest
  @EnumSource
  void send_ofAnotherBodyUnderTheSameId_is422AndChangesNothing(Id id) {
    String same = id.mint();
    Message first = Message.of(ada.exchange(id.on(grace, Secrets.text("first"), same)));
    Answer other = ada.exchange(id.on(grace, Secrets.text("other"), same));
    assertThat(other.status()).as("%s", other).isEqualTo(422);
    assertThat(other.problem()).isEqualTo("client-id-reused");
    isTheOnlyMessage(first);
    Message second = Message
      .of(ada.exchange(Id.CLIENT_ID.on(grace, Secrets.text("other"), other.text("clientId"))));
    assertThat(grace.read().messages()).containsExactlyInAnyOrder(first, second);
  }

  @Test
  @Inside
  void send_ofAnotherBodyUnderTheSameClientIdWhenRedisHasForgotten_isASecondMessage() {
    String clientId = ClientIds.now();
    Message first = Message.of(ada.exchange(Id.CLIENT_ID.on(grace, Secrets.text("first"), clientId)));
    deployment.stores().flushRedis();
    Message second = Message.of(ada.exchange(Id.CLIENT_ID.on(grace, Secrets.text("second"), clientId)));
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(grace.read("with", ada.name()).messages()).containsExactlyInAnyOrder(first, second);
  }

  /** Keys are kept with the messages: Redis has no part in them. */
  @Test
  @Inside
  void send_ofAnotherBodyUnderTheSameKeyWhenRedisHasForgotten_is422() {
    String key = Id.OPAQUE_KEY.mint();
    Message first = Message.of(ada.exchange(Id.OPAQUE_KEY.on(grace, Secrets.text("first"), key)));
    deployment.stores().flushRedis();
    assertThat(ada.exchange(Id.OPAQUE_KEY.on(grace, Secrets.text("second"), key)).status()).isEqualTo(422);
    isTheOnlyMessage(first);
  }

  @ParameterizedTest
  @EnumSource
  void send_bySomebodyElseUnderTheSameId_isAMessageOfItsOwn(Id id) {
    String same = id.mint();
    Message hers = Message.of(ada.exchange(id.on(grace, Secrets.text("same"), same)));
    Message theirs = Message.of(grace.exchange(id.on(ada, Secrets.text("same"), same)));
    assertThat(theirs.id()).isNotEqualTo(hers.id());
    assertThat(ada.read().messages()).containsExactlyInAnyOrder(hers, theirs);
  }

  @Test
  void send_againWrittenDifferently_isTheSameMessage() {
    String clientId = ClientIds.now();
    String content = Secrets.text("caf\u00e9");
    Message first = Message.of(ada.exchange(Id.CLIENT_ID.on(grace, content, clientId)));
    Request reordered = Request.post("/v1/send")
      .jsonText("""
          { "clientId" : "%s",
            "content" : "%s", "to" : "%s" }""".formatted(clientId, content.replace("\u00e9", "\\u00e9"),
          grace.name()));
    Request form = Request.post("/v1/send")
      .form("content", content, "clientId", clientId, "to", grace.name());
    assertThat(Message.of(ada.exchange(reordered))).isEqualTo(first);
    assertThat(Message.of(ada.exchange(form))).isEqualTo(first);
    isTheOnlyMessage(first);
  }

  @Test
  void send_withTheSameClientIdInBodyAndHeader_isAMessage() {
    String clientId = ClientIds.now();
    Request request = User
      .message(Map.of("to", grace.name(), "content", Secrets.text("x"), "clientId", clientId))
      .header("Idempotency-Key", "\"" + clientId + "\"");
    isTheOnlyMessage(Message.of(ada.exchange(request)));
  }

  @Test
  void send_withoutAnId_isANewMessageEachTime() {
    String content = Secrets.text("again");
    assertThat(ada.say(grace.name(), content).id()).isNotEqualTo(ada.say(grace.name(), content).id());
    assertThat(grace.read().contents()).containsExactly(content, content);
  }

  @Test
  void send_thatFailed_namesTheClientIdToGoOnWith() {
    Answer failed = ada.send(Map.of("to", User.freeName(), "content", Secrets.text("x")));
    assertThat(failed.status()).isEqualTo(404);
    isTheOnlyMessage(
        Message.of(ada.exchange(Id.CLIENT_ID.on(grace, Secrets.text("x"), failed.text("clientId")))));
  }

  /** Attempts under one key that overlap are told so, and try again. */
  private Message untilSent(Pod pod, Request request) {
    UnaryOperator<Answer> checked = answer -> {
      assertThat(answer.status()).as("%s", answer).isIn(201, 409);
      return answer;
    };
    return Message.of(Awaitility.await()
      .atMost(Duration.ofSeconds(20))
      .pollDelay(Duration.ZERO)
      .pollInSameThread()
      .until(() -> checked.apply(ada.exchange(pod, request)), answer -> answer.status() == 201));
  }

  private void isTheOnlyMessage(Message message) {
    assertThat(ada.read("with", grace.name()).messages()).containsExactly(message);
    assertThat(grace.read().messages()).containsExactly(message);
    assertThat(ada.read().messages()).containsExactly(message);
  }
}
