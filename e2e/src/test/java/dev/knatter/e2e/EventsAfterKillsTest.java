package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.EventBroker.Observed;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnProcesses;
import dev.knatter.e2e.deploy.Pod;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Client;
import dev.knatter.e2e.http.ClientIds;
import dev.knatter.e2e.http.Message;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.SignedEvents;
import dev.knatter.e2e.http.Together;
import dev.knatter.e2e.http.User;
import dev.knatter.testing.Receiver;
import dev.knatter.testing.Receiver.Received;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Processes that write, publish or deliver are killed again and again, while messages come over HTTP and by events. Some of the
 * events are poison.
 */
@OnProcesses
@Inside
final class EventsAfterKillsTest {
  private static final Duration NORMALLY = Duration.ofSeconds(8);
  private static final int WRITERS = 4;

  private final Deployment deployment;
  private final User ada;
  private final User grace;
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> byEvent = ConcurrentHashMap.newKeySet();
  private final Set<String> poison = ConcurrentHashMap.newKeySet();

  EventsAfterKillsTest(Deployment deployment) {
    this.deployment = deployment;
    this.ada = User.create(deployment);
    this.grace = User.create(deployment);
  }

  @Test
  void everyMessage_isThereOnce_andItsEventWasPublished() throws InterruptedException {
    try (Receiver receiver = Receiver.http()) {
      Answer webhook = grace.exchange(
          Request.post("/v1/webhooks").json(Map.of("url", receiver.url("/messages").toString())));
      assertThat(webhook.status()).as("%s", webhook).isEqualTo(201);
      everyMessage_isThereOnce_andItsEventWasPublished(Soak.seed(), receiver);
    }
  }

  private void everyMessage_isThereOnce_andItsEventWasPublished(long seed, Receiver receiver)
      throws InterruptedException {
    AtomicBoolean stopped = new AtomicBoolean();
    Thread killer = Thread.ofVirtual().start(() -> kill(new Random(seed), stopped));
    long end = System.nanoTime() + Soak.length(NORMALLY).toNanos();
    int sent;
    try {
      sent = Together.some(WRITERS, WRITERS, writer -> write(writer, end)).stream().mapToInt(n -> n).sum();
    } finally {
      stopped.set(true); // or it goes on killing under the tests that come after this
      killer.join();
    }

    await().atMost(Duration.ofMinutes(3)).pollInSameThread().untilAsserted(() -> {
      Set<String> contents = read().stream().map(Message::content).collect(Collectors.toSet());
      assertThat(contents).as("seed %s: by event", seed).containsAll(byEvent);
    });
    List<Message> stored = read();
    assertThat(stored.stream().map(Message::id)).as("seed %s", seed)
      .doesNotHaveDuplicates()
      .containsAll(acknowledged);
    assertThat(stored.stream().map(Message::content)).as("seed %s: of %s", seed, sent)
      .doesNotHaveDuplicates();
    Set<String> inInbox = new HashSet<>(new PageWalk(grace).toThePast(100));
    assertThat(inInbox).as("seed %s: inbox", seed).containsAll(stored.stream().map(Message::id).toList());
    Set<String> expected = stored.stream().map(message -> "sent-" + message.id()).collect(Collectors.toSet());
    await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
      Set<String> missing = new TreeSet<>(expected);
      deployment.broker().observed().stream().map(Observed::id).forEach(missing::remove);
      assertThat(missing).as("seed %s: not published", seed).isEmpty();
    });
    await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
      Set<String> missing = new TreeSet<>(expected);
      receiver.received().forEach(delivery -> missing.remove(eventId(delivery)));
      assertThat(missing).as("seed %s: not delivered to the webhook", seed).isEmpty();
    });
    User operator = User.operator(deployment);
    await().atMost(Duration.ofMinutes(3))
      .untilAsserted(() -> assertThat(deadLetters(operator)).as("seed %s: dead letters", seed)
        .containsExactlyInAnyOrderElementsOf(poison));
    await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
      // Others have left what they announced and did not do: it is there until the last sweep of that time.
      assertThat(rows("publications")).as("seed %s: publications", seed)
        .doesNotContainAnyElementsOf(stored.stream().map(Message::id).toList());
      assertThat(rows("outbox")).as("seed %s: outbox", seed).isEmpty();
    });
  }

  private static String eventId(Received delivery) {
    return JsonMapper.shared().readTree(delivery.body()).path("id").asString();
  }

  /** The events of this test that are dead letters. */
  private List<String> deadLetters(User operator) {
    List<String> ids = new ArrayList<>();
    Request page = Request.get("/v1/dead-letters");
    String next;
    do {
      Answer answer = operator.exchange(page);
      assertThat(answer.status()).as("%s", answer).isEqualTo(200);
      answer.json().path("deadLetters").forEach(letter -> ids.add(letter.path("eventId").asString()));
      next = answer.text("next");
      page = Request.get("/v1/dead-letters").query("before", next);
    } while (!next.isEmpty());
    return ids;
  }

  /** The ids of messages and of others in a table. */
  private List<String> rows(String table) {
    return deployment.stores()
      .session()
      .execute("SELECT id FROM " + table)
      .map(row -> String.valueOf(row.getUuid("id")))
      .all();
  }

  private List<Message> read() {
    return new PageWalk(grace, "with", ada.name()).messagesToThePast(100);
  }

  /** Returns how many messages it has sent. */
  private int write(int writer, long end) {
    int count = 0;
    while (System.nanoTime() - end < 0) {
      String content = Secrets.text(writer + "-" + count++);
      if (count % 20 == 0) {
        poison.add(event("nobody-has-this-name", content));
      } else if (count % 5 == 0) {
        byEvent.add(content);
        event(grace.name(), content);
      } else {
        acknowledged.add(send(content));
      }
    }
    return count;
  }

  /** Returns the id of the event. */
  private String event(String to, String content) {
    String id = UUID.randomUUID().toString();
    Request event = SignedEvents.signed("dev.knatter.message.send.v1", id,
        Map.of("from", ada.name(), "to", to, "content", content));
    assertThat(deployment.broker().publish(event)).isEqualTo(202);
    return id;
  }

  private String send(String content) {
    Request request = User
      .message(Map.of("to", grace.name(), "content", content, "clientId", ClientIds.now()))
      .bearer(ada.token());
    Pod pod = deployment.function("send").orElseThrow(); // ready or not
    Answer answer = await().atMost(Duration.ofSeconds(90))
      .pollInSameThread()
      .ignoreExceptions()
      .until(() -> Client.tryExchange(pod, request), sent -> sent.status() == 201);
    return Message.of(answer).id();
  }

  private void kill(Random random, AtomicBoolean stopped) {
    List<Pod> victims = Stream.of("send", "send-events", "outbox", "deliver", "dead-letters")
      .map(name -> deployment.function(name).orElseThrow())
      .toList();
    while (!stopped.get()) {
      Pod victim = victims.get(random.nextInt(victims.size()));
      victim.kill();
      victim.restart();
    }
  }
}
