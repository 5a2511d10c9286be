package dev.knatter.functions.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.webhook.NewWebhook;
import dev.knatter.chat.webhook.Webhooks;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.shared.Uuid7;
import dev.knatter.testing.RealStores;
import dev.knatter.testing.Receiver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class OutboxTest {
  @RegisterExtension
  static final RealStores realStores = RealStores.ofProduct();

  private static Installation installation;
  private static Pod pod;

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    installation = Installation.on(realStores, keys, Map.of("KNATTER_WEBHOOKS_INSECURE", "true"));
    pod = installation.start(OutboxEndpoints::endpoints);
  }

  @AfterAll
  static void close() {
    pod.close();
    installation.close();
  }

  private static Answer event(String data) {
    return pod.post("/", data, "ce-specversion", "1.0", "ce-id", UUID.randomUUID().toString(), "ce-source",
        "/test",
        "ce-type", "dev.knative.sources.ping");
  }

  /** A message two minutes old whose writer was killed after its batch: it is stored, and still in the outbox. */
  private static UUID leaveBehind(UUID user) {
    long then = Clock.systemUTC().millis() - Duration.ofMinutes(2).toMillis();
    UUID id = Uuid7.of(then, 1, user.getLeastSignificantBits());
    UUID conversation = Conversation.direct(user, UUID.randomUUID()).id();
    long slice = then - Math.floorMod(then, Duration.ofDays(10).toMillis());
    long bucket = then / 10_000;
    realStores.session()
      .execute("INSERT INTO timeline (conversation_id, slice, id, sender, content, content_type)"
          + " VALUES (?, ?, ?, ?, 'hello', 'text/plain')", conversation, slice, id, user);
    realStores.session()
      .execute("INSERT INTO outbox (bucket, lane, position, conversation_id, id, members)"
          + " VALUES (?, 7, ?, ?, ?, ?)", bucket, id, conversation, id, List.of(user));
    realStores.session().execute("INSERT INTO outbox_lanes (bucket, lane) VALUES (?, 7)", bucket);
    realStores.session().execute("UPDATE sweeps SET swept_until = ? WHERE pass = 'SOON'", bucket - 1);
    return id;
  }

  private static List<UUID> inbox(UUID user) {
    return realStores.session()
      .execute("SELECT user_id, id FROM inbox")
      .all()
      .stream()
      .filter(row -> user.equals(row.getUuid("user_id")))
      .map(row -> row.getUuid("id"))
      .toList();
  }

  @Test
  void tick_entersWhatAWriterLeftAndAnswersNothing() throws Exception {
    UUID user = UUID.randomUUID();
    UUID id = leaveBehind(user);
    Answer answer = event("{}");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.http().body()).isEmpty();
    assertThat(answer.http().headers().map().keySet()).noneMatch(name -> name.startsWith("ce-"));
    assertThat(inbox(user)).containsExactly(id);

    assertThat(event("{}").status()).isEqualTo(202);
    assertThat(inbox(user)).hasSize(1);
  }

  /** What it does with them is tried out beside the rules. */
  @Test
  void tickWithABroker_looksForDeadLettersToo(@TempDir Path keys) throws Exception {
    try (Installation with = Installation.on(realStores, keys, Map.of("K_SINK", "http://127.0.0.1:1/"));
        Pod other = with.start(OutboxEndpoints::endpoints)) {
      assertThat(other.post("/", "{}", "ce-specversion", "1.0", "ce-id", "1", "ce-source", "/test", "ce-type",
          "dev.knative.sources.ping")
        .status()).isEqualTo(202);
      assertThat(realStores.session().execute("SELECT due FROM dead_letter_progress").one()).isNotNull();
    }
  }

  @Test
  void tickWithOtherData_goesToTheDeadLetters() throws Exception {
    assertThat(event("[1]").status()).isEqualTo(400);
    assertThat(event("{\"bucket\":1}").status()).isEqualTo(400);
  }

  @Test
  void tick_triesAgainWhatAWebhookDidNotTake() {
    UUID user = UUID.randomUUID();
    UUID message = leaveBehind(user);
    UUID conversation = conversation(message);
    realStores.session()
      .execute("INSERT INTO conversations (conversation_id, kind, members, slice) VALUES (?, 'direct', ?, 0)",
          conversation, List.of(user));
    try (Receiver receiver = Receiver.http()) {
      UUID webhook = new Webhooks(installation.stores().cassandra(), Clock.systemUTC()).create(user,
          UUID.randomUUID(), new NewWebhook(receiver.url("/"), Set.of(), null, null))
        .webhook()
        .id();
      UUID due = Uuid7.floor(Clock.systemUTC().millis());
      realStores.session()
        .execute(
            "INSERT INTO parked_deliveries (minute, position, user_id, webhook_id, type, conversation_id,"
                + " message_id, attempts, first_failed_at) VALUES (?, ?, ?, ?, 'dev.knatter.message.sent.v1', ?, ?, 1,"
                + " totimestamp(now()))",
            Uuid7.millis(due) / 60_000, due, user, webhook, conversation, message);
      assertThat(event("{}").status()).isEqualTo(202);

      assertThat(receiver.received()).singleElement()
        .satisfies(event -> assertThat(event.body()).contains("sent-" + message));
      assertThat(event("{}").status()).isEqualTo(202);
      assertThat(receiver.received()).hasSize(1);
    }
  }

  private static UUID conversation(UUID message) {
    return realStores.session()
      .execute("SELECT conversation_id, id FROM timeline")
      .all()
      .stream()
      .filter(row -> message.equals(row.getUuid("id")))
      .map(row -> row.getUuid("conversation_id"))
      .findFirst()
      .orElseThrow();
  }

  @Test
  void tickWithoutCassandra_isTriedAgain() throws Exception {
    UUID user = UUID.randomUUID();
    UUID id = leaveBehind(user);
    realStores.cassandra().cut();
    assertThat(event("{}").status()).isEqualTo(503);

    realStores.cassandra().restore();
    await().until(() -> event("{}").status() == 202);
    assertThat(inbox(user)).contains(id);
  }
}
