package dev.knatter.functions.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.MessageLog;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.pending.PendingTable;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class SendTest {
  @RegisterExtension
  static final RealStores realStores = RealStores.ofProduct();

  private static final JsonMapper json = new JsonMapper();
  private static final List<Pod> pods = new ArrayList<>();
  private static Installation installation;
  private static Uuid7 ids;
  private static String token = "";

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    installation = Installation.on(realStores, keys);
    ids = installation.ids();
    for (int i = 0; i < 2; i++) {
      pods.add(installation.start(SendEndpoints::endpoints));
    }
    token = installation.authorization(installation.register("ada"));
    installation.register("grace");
  }

  @AfterAll
  static void close() {
    pods.forEach(Pod::close);
    installation.close();
  }

  @AfterEach
  void restore() {
    realStores.cassandra().restore();
    realStores.redis().restore();
    installation.awaitStores(pods.toArray(Pod[]::new));
  }

  private static Answer send(int pod, String body, String... headers) {
    return pods.get(pod)
      .post("/v1/send", body,
          Stream.concat(Stream.of("Authorization", token), Stream.of(headers)).toArray(String[]::new));
  }

  private static String body(String content, Map<String, String> more) {
    Map<String, String> fields = new HashMap<>(more);
    fields.put("content", content);
    fields.putIfAbsent("to", "grace");
    return json.writeValueAsString(fields);
  }

  private static long stored() {
    return realStores.session().execute("SELECT id FROM timeline").all().size();
  }

  @Test
  void message_isStoredAndAnswered() throws Exception {
    Answer sent = send(0, body("hello", Map.of("to", "Grace")));

    assertThat(sent.status()).isEqualTo(201);
    assertThat(sent.text("sender")).isEqualTo("ada");
    assertThat(sent.text("recipient")).isEqualTo("grace");
    assertThat(sent.text("content")).isEqualTo("hello");
    assertThat(sent.text("contentType")).isEqualTo("text/plain");
    assertThat(sent.text("sentAt")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

    Answer byConversation = send(1, json.writeValueAsString(
        Map.of("conversationId", sent.text("conversationId"), "content", "again", "replyTo",
            sent.text("id"))));
    assertThat(byConversation.status()).isEqualTo(201);
    assertThat(byConversation.text("recipient")).isEqualTo("grace");
    assertThat(byConversation.text("replyTo")).isEqualTo(sent.text("id"));
  }

  @Test
  void noteToOneself_isAConversationLikeAnyOther() throws Exception {
    Answer sent = send(0, body("note", Map.of("to", "ada")));
    assertThat(sent.status()).isEqualTo(201);
    assertThat(sent.text("recipient")).isEqualTo("ada");
  }

  static Stream<Arguments> keys() {
    UUID clientId = ids.mint();
    return Stream.of(Arguments.of("clientId", Map.of("clientId", clientId.toString()), new String[0]),
        Arguments.of("client id in the header", Map.of(),
            new String[]{"Idempotency-Key", "\"" + ids.mint() + "\""}),
        Arguments.of("opaque", Map.of(), new String[]{"Idempotency-Key", "\"order-4711\""}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keys")
  void sameKey_twentyTimesAtOnceOnTwoPodsAndAfterRedisForgot_isOneMessageAndOneAnswer(String name,
      Map<String, String> fields, String[] headers) throws Exception {
    long before = stored();
    List<Callable<Answer>> attempts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int pod = i % 2;
      attempts.add(() -> send(pod, body(name, fields), headers));
    }
    Answer first = send(0, body(name, fields), headers);
    assertThat(first.status()).isEqualTo(201);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Answer> attempt : threads.invokeAll(attempts)) {
        assertThat(attempt.get().status()).isEqualTo(201);
        assertThat(attempt.get().body()).isEqualTo(first.body());
        assertThat(attempt.get().http().headers().firstValue("Idempotency-Replayed")).contains("true");
      }
    }
    realStores.flushRedis();
    assertThat(send(1, body(name, fields), headers).body()).isEqualTo(first.body());
    assertThat(stored()).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quoted-or-not", "a/b+c=", "key of many, words; and signs", "x"})
  void keyWithQuotesAndWithout_isOneKey(String key) throws Exception {
    Answer first = send(0, body(key, Map.of()), "Idempotency-Key", key);
    Answer again = send(1, body(key, Map.of()), "Idempotency-Key", "\"" + key + "\"");
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.http().headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(send(0, body("other", Map.of()), "Idempotency-Key", key).status()).isEqualTo(422);
  }

  @Test
  void sameClientIdWithAnotherBody_isRefusedWhileRedisRemembersAndElseAnotherMessage() throws Exception {
    Map<String, String> fields = Map.of("clientId", ids.mint().toString());
    Answer first = send(0, body("one", fields));
    Answer other = send(1, body("two", fields));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.text("type")).isEqualTo("urn:knatter:problem:client-id-reused");
    Answer fresh = send(1, body("two", Map.of("clientId", other.text("clientId"))));
    assertThat(fresh.status()).isEqualTo(201);
    assertThat(fresh.text("id")).isNotEqualTo(first.text("id"));

    realStores.flushRedis();
    Answer another = send(1, body("two", fields));
    assertThat(another.status()).isEqualTo(201);
    assertThat(another.text("id")).isNotEqualTo(first.text("id"));
    realStores.flushRedis();
    assertThat(send(0, body("one", fields)).body()).isEqualTo(first.body());
  }

  @Test
  void sameClientIdWrittenInAnotherWay_isTheSame() throws Exception {
    String id = ids.mint().toString();
    Answer first = send(0, body("one", Map.of("clientId", id)));
    String[] header = {"Idempotency-Key", "\"" + id + "\""};
    List<Answer> again = List.of(send(1, body("one", Map.of("clientId", id.toUpperCase(Locale.ROOT)))),
        send(1, body("one", Map.of()), header), send(1, body("one", Map.of("clientId", id)), header),
        send(1, body("one", Map.of()), "Idempotency-Key", id));
    for (Answer answer : again) {
      assertThat(answer.body()).isEqualTo(first.body());
      assertThat(answer.http().headers().firstValue("Idempotency-Replayed")).contains("true");
    }
    assertThat(send(1, body("two", Map.of()), header).status()).isEqualTo(422);
  }

  @Test
  void sameOpaqueKeyWithAnotherBody_isRefusedWhateverRedisRemembers() throws Exception {
    String[] key = {"Idempotency-Key", "\"refused\""};
    send(0, body("one", Map.of()), key);
    assertThat(send(0, body("two", Map.of()), key).status()).isEqualTo(422);
    realStores.flushRedis();
    Answer refused = send(0, body("two", Map.of()), key);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("clientId")).isNotEmpty();
  }

  @Test
  void unknownUser_is404AndNothingIsStored() throws Exception {
    long before = stored();
    Answer answer = send(0, body("hello", Map.of("to", "nobody")));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:not-found");
    assertThat(UUID.fromString(answer.text("clientId")).version()).isEqualTo(7);
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void conversationOfOthers_is404() throws Exception {
    UUID foreign = UUID.randomUUID();
    realStores.session()
      .execute("INSERT INTO conversations (conversation_id, kind, members, slice)"
          + " VALUES (?, 'direct', ?, 0)", foreign, List.of(UUID.randomUUID(), UUID.randomUUID()));
    for (UUID conversation : List.of(foreign, UUID.randomUUID())) {
      Answer answer = send(0, json.writeValueAsString(
          Map.of("conversationId", conversation.toString(), "content", "hello")));
      assertThat(answer.status()).isEqualTo(404);
    }
  }

  @Test
  void cassandraAway_is503WithTheIdToTryAgainAndThenWorks() throws Exception {
    send(0, body("warm", Map.of()));
    realStores.cassandra().cut();
    Answer away = send(0, body("hello", Map.of()));
    assertThat(away.status()).isEqualTo(503);
    assertThat(away.http().headers().firstValue("Retry-After")).isPresent();

    realStores.cassandra().restore();
    Map<String, String> again = Map.of("clientId", away.text("clientId"));
    await().untilAsserted(() -> assertThat(send(0, body("hello", again)).status()).isEqualTo(201));
  }

  @Test
  void cassandraStalled_is503Soon() throws Exception {
    send(0, body("warm", Map.of()));
    realStores.cassandra().stall();
    assertThat(Answer.soon(() -> send(0, body("hello", Map.of("to", "ada")))).status()).isEqualTo(503);
  }

  @Test
  void redisAway_sendsAllTheSame() throws Exception {
    Map<String, String> fields = Map.of("clientId", ids.mint().toString());
    realStores.redis().cut();
    Answer first = send(0, body("hello", fields));
    assertThat(first.status()).isEqualTo(201);
    realStores.redis().restore();
    assertThat(send(1, body("hello", fields)).body()).isEqualTo(first.body());
  }

  /** No ping here: whoever sends next enters it. */
  @Test
  void messageOfAKilledProcess_isEnteredByTheNextProcessThatSends() throws Exception {
    Clock then = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-2));
    UUID id = leaveBehind(then);
    realStores.session()
      .execute("UPDATE sweeps SET swept_until = ? WHERE pass = 'SOON'",
          PendingTable.bucket(then.millis()) - 10);
    realStores.flushRedis(); // with the lease that another test's process has
    try (Pod next = installation.start(SendEndpoints::endpoints)) {
      assertThat(next.post("/v1/send", body("next", Map.of()), "Authorization", token).status())
        .isEqualTo(201);
      await().untilAsserted(() -> assertThat(inboxRows(id)).isEqualTo(2 * 2)); // each member's, once more
    }
  }

  /** What a process leaves that was killed when the store had acknowledged its batch: everything, the outbox row too. */
  private static UUID leaveBehind(Clock then) {
    Random random = new Random(1);
    Uuid7 past = new Uuid7(then, random);
    try (
        Cassandra cassandra = Cassandra.open(CassandraSettings.from(installation.env()), Clock.systemUTC())) {
      Outbox outbox = new Outbox(cassandra, new Inbox(cassandra), past, random);
      Conversation conversation = Conversation.direct(UUID.randomUUID(), UUID.randomUUID());
      return new MessageLog(cassandra, then, random, new Slices(cassandra, then), outbox)
        .append(new Draft(conversation, conversation.members().getFirst(), "left", "text/plain", null, null),
            past.mint())
        .message()
        .id();
    }
  }

  private static long inboxRows(UUID id) {
    return realStores.session()
      .execute("SELECT id FROM inbox")
      .all()
      .stream()
      .filter(row -> id.equals(row.getUuid("id")))
      .count();
  }

  static Stream<Arguments> invalid() {
    String v4 = UUID.randomUUID().toString();
    String v7 = ids.mint().toString();
    return Stream.of(Arguments.of("{\"to\":\"grace\"}", "/content", new String[0]),
        Arguments.of("{\"content\":\"x\"}", "/to", new String[0]),
        Arguments.of("{\"to\":\"grace\",\"conversationId\":\"" + v4 + "\",\"content\":\"x\"}",
            "/conversationId",
            new String[0]),
        Arguments.of("{\"conversationId\":\"1-1-1-1-1\",\"content\":\"x\"}", "/conversationId",
            new String[0]),
        Arguments.of(body("", Map.of()), "/content", new String[0]),
        Arguments.of(body("x".repeat(16_385), Map.of()), "/content", new String[0]),
        Arguments.of("{\"to\":\"grace\",\"content\":\"\\ud83d\"}", "/content", new String[0]),
        Arguments.of(body("x", Map.of("contentType", "text")), "/contentType", new String[0]),
        Arguments.of(body("x", Map.of("contentType", "text/" + "x".repeat(124))), "/contentType",
            new String[0]),
        Arguments.of(body("x", Map.of("keyId", "a b")), "/keyId", new String[0]),
        Arguments.of(body("x", Map.of("replyTo", "yes")), "/replyTo", new String[0]),
        Arguments.of(body("x", Map.of("clientId", v4)), "/clientId", new String[0]),
        Arguments.of(body("x", Map.of("clientId", "soon")), "/clientId", new String[0]),
        Arguments.of(body("x", Map.of("clientId", v7)), "/clientId",
            new String[]{"Idempotency-Key", "\"" + v4 + "\""}),
        Arguments.of(body("x", Map.of("clientId", v7)), "/clientId",
            new String[]{"Idempotency-Key", "\"order\""}),
        unusable("un\"quoted"), unusable("\"unfinished"), unusable("\"one\", \"two\""),
        unusable("back\\slash"),
        unusable("\"\""), unusable("a\tb"), unusable("x".repeat(256)),
        unusable("\"" + "x".repeat(256) + "\""),
        Arguments.of("{\"to\":\"grace\",\"content\":\"x\",\"sender\":\"grace\"}", "/sender", new String[0]));
  }

  private static Arguments unusable(String key) {
    return Arguments.of(body("x", Map.of()), "/Idempotency-Key", new String[]{"Idempotency-Key", key});
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void invalidRequest_is400AndNamesWhere(String body, String pointer, String[] headers) throws Exception {
    Answer answer = send(0, body, headers);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:invalid-request");
    assertThat(answer.pointer()).isEqualTo(pointer);
  }

  @ParameterizedTest
  @MethodSource("contents")
  void content_isAnsweredByteForByte(String content) throws Exception {
    assertThat(send(0, body(content, Map.of())).text("content")).isEqualTo(content);
  }

  static Stream<String> contents() {
    return Stream.of("x", "x".repeat(16_384), "\u0000\u0007\u001f", "\ud83d\ude00".repeat(4_096),
        "\u05e9\u05dc\u05d5\u05dd \u202e right to left", "\ufeff\ufffe", "e\u0301 stays decomposed",
        "\r\n\t \"\\/");
  }
}
