package dev.knatter.functions.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.knatter.chat.account.Device;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageLog;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.webhook.DeliveryReports;
import dev.knatter.chat.webhook.NewWebhook;
import dev.knatter.chat.webhook.Webhook;
import dev.knatter.chat.webhook.Webhooks;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.shared.store.Cassandra;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class DeliverTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final Random random = new Random();
  private static Installation installation;
  private static Pod pod;
  private static Outbox outbox;
  private static MessageLog messages;
  private static Webhooks webhooks;
  private static DeliveryReports reports;

  private final Identity ada = register("ada");
  private final Identity grace = register("grace");
  private final Receiver receiver = Receiver.http();

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    installation = Installation.on(stores, keys, Map.of("KNATTER_WEBHOOKS_INSECURE", "true"));
    pod = installation.start(DeliverEndpoints::endpoints);
    Cassandra cassandra = installation.stores().cassandra();
    outbox = new Outbox(cassandra, new Inbox(cassandra), installation.ids(), random);
    messages = new MessageLog(cassandra, Clock.systemUTC(), random, new Slices(cassandra, Clock.systemUTC()),
        outbox);
    webhooks = new Webhooks(cassandra, Clock.systemUTC());
    reports = new DeliveryReports(cassandra, Clock.systemUTC());
  }

  @AfterEach
  void closeReceiver() {
    receiver.close();
  }

  @AfterAll
  static void close() {
    outbox.close();
    pod.close();
    installation.close();
  }

  private static Identity register(String name) {
    return installation.register(name + "-" + Long.toHexString(random.nextLong()));
  }

  private Message say(String content) {
    Draft draft = new Draft(Conversation.direct(ada.userId(), grace.userId()), ada.userId(), content,
        "text/plain", null, null);
    return messages.append(draft, installation.ids().mint()).message();
  }

  private static Webhook webhook(Identity of, Receiver receiver) {
    NewWebhook wanted = new NewWebhook(receiver.url("/"), Set.of(), null, null);
    return webhooks.create(of.userId(), installation.ids().mint(), wanted).webhook();
  }

  /** Posts the event of a message as a broker does. */
  private static Answer event(Message message) {
    return event("{\"id\":\"%s\",\"conversationId\":\"%s\",\"senderId\":\"%s\",\"version\":1,\"later\":[]}"
      .formatted(message.id(), message.conversationId(), message.sender()));
  }

  private static Answer event(String data) {
    return event("dev.knatter.message.sent.v1", data);
  }

  private static Answer event(String type, String data) {
    return pod.post("/", data, "ce-specversion", "1.0", "ce-id", UUID.randomUUID().toString(), "ce-source",
        "/knatter", "ce-type", type);
  }

  @Test
  void event_isDeliveredSignedWithTheMessageAsItIsNow() {
    Webhook webhook = webhook(grace, receiver);
    Message message = say("Hello 👋");
    Answer answer = event(message);
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.http().body()).isEmpty();

    Received request = receiver.received().getFirst();
    assertThatCode(() -> new com.standardwebhooks.Webhook(webhook.secret().text()).verify(request.body(),
        request.headers()))
      .doesNotThrowAnyException();
    JsonNode event = JsonMapper.shared().readTree(request.body());
    assertThat(event.path("type").asString()).isEqualTo("dev.knatter.message.sent.v1");
    assertThat(event.path("id").asString()).isEqualTo("sent-" + message.id());
    assertThat(event.path("subject").asString()).isEqualTo(message.conversationId().toString());
    JsonNode data = event.path("data");
    assertThat(data.path("id").asString()).isEqualTo(message.id().toString());
    assertThat(data.path("version").asInt()).isOne();
    assertThat(data.path("sender").asString()).isEqualTo(ada.username());
    assertThat(data.path("recipient").asString()).isEqualTo(grace.username());
    assertThat(data.path("content").asString()).isEqualTo("Hello 👋");
  }

  @Test
  void sameEventTwice_hasTheSameWebhookId() {
    webhook(ada, receiver);
    Message message = say("hello");
    event(message);
    event(message);
    assertThat(receiver.received()).hasSize(2)
      .extracting(request -> request.header("webhook-id"))
      .containsOnly(receiver.received().getFirst().header("webhook-id"));
  }

  @Test
  void receiverThatFails_isParkedAndTheEventIsDone() {
    receiver.answer(500);
    Webhook webhook = webhook(ada, receiver);
    assertThat(event(say("hello")).status()).isEqualTo(202);
    assertThat(reports.newest(webhook.id())).singleElement().satisfies(report -> {
      assertThat(report.status()).isEqualTo(500);
      assertThat(report.nextTry()).isNotNull();
    });
    assertThat(parked(webhook)).isOne();
  }

  private static long parked(Webhook webhook) {
    return stores.session()
      .execute("SELECT webhook_id FROM parked_deliveries")
      .all()
      .stream()
      .filter(row -> webhook.id().equals(row.getUuid("webhook_id")))
      .count();
  }

  @Test
  void slowReceiver_holdsUpNobodyElse() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    receiver.answer(exchange -> {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.sendResponseHeaders(204, -1);
    });
    try (Receiver quick = Receiver.http();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      webhook(ada, receiver);
      webhook(grace, quick);
      Message message = say("hello");
      Future<Answer> answer = threads.submit(() -> event(message));
      await().until(() -> quick.received().size() == 1 && receiver.received().size() == 1);
      assertThat(answer.isDone()).isFalse();
      end.countDown();
      assertThat(answer.get().status()).isEqualTo(202);
    }
  }

  /** A process caches webhooks for two seconds, and the product promises five. */
  @Test
  void webhook_stopsSoonAfterItWasDeletedOrItsSessionHasEnded() {
    UUID session = installation.login(ada, Device.UNKNOWN).identity().sessionId();
    webhooks.create(ada.userId(), session, new NewWebhook(receiver.url("/s"), Set.of(), null, session));
    Webhook deleted = webhook(ada, receiver);
    event(say("hello"));
    assertThat(receiver.received()).hasSize(2);

    webhooks.delete(ada.userId(), deleted.id());
    stores.session()
      .execute("DELETE FROM sessions WHERE user_id = ? AND session_id = ?", ada.userId(), session);
    await().until(() -> {
      int before = receiver.received().size();
      event(say("still there?"));
      return receiver.received().size() == before;
    });
  }

  @Test
  void dataThatNamesNoMessage_goesToTheDeadLetters() {
    for (String data : List.of("", "[1]", "{", "{}", "{\"id\":\"x\",\"conversationId\":\"y\"}",
        "{\"id\":7,\"conversationId\":\"5e0a9c4e-1f0b-8d3a-9b7c-2d4e6f8091a2\"}")) {
      assertThat(event(data).status()).as(data).isEqualTo(400);
    }
  }

  @Test
  void edit_isDeliveredUnderItsVersion_andWithoutOneGoesToTheDeadLetters() {
    webhook(grace, receiver);
    Message message = say("hello");
    stores.session()
      .execute("UPDATE timeline SET content = 'hello again', version = 2, edited_at = toTimestamp(now())"
          + " WHERE conversation_id = ? AND slice = ? AND id = ?", message.conversationId(),
          slice(message), message.id());
    String type = "dev.knatter.message.edited.v1";
    String data = "{\"id\":\"%s\",\"conversationId\":\"%s\"%s}";
    assertThat(event(type, data.formatted(message.id(), message.conversationId(), ",\"version\":2")).status())
      .isEqualTo(202);
    JsonNode event = JsonMapper.shared().readTree(receiver.received().getFirst().body());
    assertThat(event.path("type").asString()).isEqualTo(type);
    assertThat(event.path("id").asString()).isEqualTo("edited-" + message.id() + "-2");
    assertThat(event.path("time")).isEqualTo(event.path("data").path("editedAt"));
    assertThat(event.path("data").path("content").asString()).isEqualTo("hello again");

    for (String version : List.of("", ",\"version\":0", ",\"version\":\"2\"")) {
      assertThat(event(type, data.formatted(message.id(), message.conversationId(), version)).status())
        .as(version)
        .isEqualTo(400);
    }
    assertThat(event("dev.knatter.user.registered.v1",
        data.formatted(message.id(), message.conversationId(), ""))
      .status()).isEqualTo(400);
  }

  private static long slice(Message message) {
    return stores.session()
      .execute("SELECT slice FROM conversations WHERE conversation_id = ?", message.conversationId())
      .one()
      .getLong("slice");
  }

  /** The message may have been erased since its event was published. */
  @Test
  void messageThatIsNotThere_isDone() {
    webhook(ada, receiver);
    Message message = say("hello");
    String unknown = "{\"id\":\"%s\",\"conversationId\":\"%s\"}".formatted(UUID.randomUUID(),
        message.conversationId());
    assertThat(event(unknown).status()).isEqualTo(202);
    assertThat(receiver.received()).isEmpty();
  }

  @Test
  void withoutCassandra_isTriedAgain() {
    webhook(ada, receiver);
    Message message = say("hello");
    stores.cassandra().cut();
    Answer away = event(message);
    stores.cassandra().restore();
    installation.awaitStores(pod);

    assertThat(away.status()).isEqualTo(503);
    assertThat(receiver.received()).isEmpty();
    assertThat(event(message).status()).isEqualTo(202);
    assertThat(receiver.received()).hasSize(1);
  }

  /** The function tells the broker to send the event again. Then it delivers again, under the same webhook id. */
  @Test
  void storeThatGoesAwayMeanwhile_isTriedAgain() {
    Webhook webhook = webhook(ada, receiver);
    receiver.answer(exchange -> {
      stores.cassandra().cut();
      exchange.sendResponseHeaders(500, -1);
    });
    Message message = say("hello");
    Answer away = event(message);
    stores.cassandra().restore();
    installation.awaitStores(pod);

    assertThat(away.status()).isEqualTo(503);
    assertThat(parked(webhook)).isZero();
    receiver.answer(204);
    assertThat(event(message).status()).isEqualTo(202);
    assertThat(receiver.received()).hasSize(2)
      .extracting(request -> request.header("webhook-id"))
      .containsOnly(receiver.received().getFirst().header("webhook-id"));
  }
}
