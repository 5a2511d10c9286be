package dev.knatter.local.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.knatter.testing.CapturedLog;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Knative's rules for what becomes of an event, by the answers of its subscriber. */
final class DeliveryTest {
  private static final Delivery EXPONENTIAL = new Delivery(3, Delivery.Backoff.EXPONENTIAL,
      Duration.ofSeconds(1));
  private static final Delivery LINEAR = new Delivery(3, Delivery.Backoff.LINEAR, Duration.ofSeconds(2));

  private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
  @AutoClose
  private final InMemoryBroker broker = new InMemoryBroker(0, "/knatter/default", 1 << 20, pauses::add,
      Clock.systemUTC());
  @AutoClose
  private final Producer producer = new Producer(broker);
  @AutoClose
  private final Receiver deadLetters = Receiver.answering(202);

  private void subscribe(String type, Receiver subscriber, Delivery delivery) {
    broker.subscribe(
        new Trigger(type, Map.of("type", type), false, subscriber.uri(), delivery, deadLetters.uri()));
  }

  @Test
  void trigger_getsWhatItsFilterMatches() throws Exception {
    try (Receiver receiver = Receiver.answering(202)) {
      broker.subscribe(new Trigger("filtered", Map.of("type", "sent", "subject", "", "color", "blue"), false,
          receiver.uri(), EXPONENTIAL, null));
      for (String matching : List.of("type=other subject=a color=blue", "type=sent subject=a color=red",
          "type=sent subject=a", "type=sent color=blue", "type=sent subject=a color=blue")) {
        Map<String, String> event = new HashMap<>(Producer.event("any", matching.replace(" ", "")));
        for (String attribute : matching.split(" ", -1)) {
          int equals = attribute.indexOf('=');
          event.put("ce-" + attribute.substring(0, equals), attribute.substring(equals + 1));
        }
        assertThat(producer.post(event, "")).isEqualTo(202);
      }
      assertThat(receiver.next().id()).isEqualTo("type=sentsubject=acolor=blue");
      assertThat(receiver.count()).isZero();
    }
  }

  @Test
  void severalTriggers_getTheSameEvent() throws Exception {
    try (Receiver one = Receiver.answering(204); Receiver other = Receiver.answering(200)) {
      subscribe("sent", one, EXPONENTIAL);
      subscribe("sent", other, EXPONENTIAL);
      producer.send("sent", "1", null);
      assertThat(one.next()).extracting(Receiver.Received::id).isEqualTo(other.next().id());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 408, 409, 429, 500, 503})
  void failureThatMayPass_isTriedAgainAfterGrowingPauses(int status) throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    try (Receiver receiver = new Receiver(
        _ -> Receiver.Reply.of(attempts.incrementAndGet() < 4 ? status : 202))) {
      subscribe("sent", receiver, EXPONENTIAL);
      producer.send("sent", "1", null);
      for (int i = 0; i < 4; i++) {
        assertThat(receiver.next().id()).isEqualTo("1");
      }
      assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
      assertThat(deadLetters.count()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 413, 422})
  void failureThatStays_isADeadLetterAtOnce(int status) throws Exception {
    try (Receiver receiver = Receiver.answering(status)) {
      subscribe("sent", receiver, EXPONENTIAL);
      producer.send("sent", "1", null);
      assertThat(deadLetters.next().fields()).containsEntry("ce-knativeerrorcode", Integer.toString(status));
      receiver.next();
      assertThat(receiver.count()).isZero();
      assertThat(pauses).isEmpty();
    }
  }

  @Test
  void eventThatIsNeverTaken_isADeadLetterWithTheReason() throws Exception {
    String reason = "not today ".repeat(200);
    try (Receiver receiver = new Receiver(
        _ -> new Receiver.Reply(503, Map.of("Retry-After", "3600"), reason))) {
      subscribe("sent", receiver, LINEAR);
      producer.send("sent", "1", "a key");

      Receiver.Received letter = deadLetters.next();
      assertThat(letter.body()).isEqualTo("{\"text\":\"hi\"}");
      assertThat(letter.fields()).containsAllEntriesOf(Producer.event("sent", "1"))
        .containsEntry("ce-partitionkey", "a%20key")
        .containsEntry("ce-knativeerrordest", receiver.uri().toString())
        .containsEntry("ce-knativeerrorcode", "503");
      String data = Base64.getEncoder().encodeToString(reason.getBytes(StandardCharsets.UTF_8));
      assertThat(letter.fields().get("ce-knativeerrordata")).hasSize(1024).isEqualTo(data.substring(0, 1024));
      assertThat(receiver.count()).isEqualTo(4);
      assertThat(pauses).containsExactly(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(4));
    }
  }

  @Test
  void subscriberThatIsNotThere_isTriedAgainAndCountsAs500() throws Exception {
    Receiver gone = Receiver.answering(202);
    gone.close();
    subscribe("sent", gone, EXPONENTIAL);
    producer.send("sent", "1", null);
    assertThat(deadLetters.next().fields()).containsEntry("ce-knativeerrorcode", "500");
    assertThat(pauses).hasSize(3);
  }

  @Test
  void deadLetterSinkThatFails_isTriedAgainAndThenTheLossIsLogged() throws Exception {
    try (CapturedLog log = new CapturedLog();
        Receiver receiver = Receiver.answering(400);
        Receiver away = Receiver.answering(503)) {
      broker.subscribe(
          new Trigger("sent", Map.of(), false, receiver.uri(), EXPONENTIAL, away.uri()));
      producer.send("sent", "1", null);
      Awaitility.await().untilAsserted(() -> assertThat(log.text()).contains("sent 1, which is lost"));
      assertThat(away.count()).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void replyEvent_goesToTheBroker(boolean structured) throws Exception {
    Receiver.Reply reply = structured
        ? new Receiver.Reply(200, Map.of("Content-Type", "application/cloudevents+json"),
            "{\"specversion\":\"1.0\",\"type\":\"done\",\"id\":\"2\",\"source\":\"/b\",\"data\":[1]}")
        : new Receiver.Reply(202,
            Map.of("ce-specversion", "1.0", "ce-type", "done", "ce-id", "2", "ce-source", "/b",
                "Content-Type", "application/json"),
            "[1]");
    try (Receiver receiver = new Receiver(_ -> reply); Receiver next = Receiver.answering(202)) {
      subscribe("sent", receiver, EXPONENTIAL);
      subscribe("done", next, EXPONENTIAL);
      producer.send("sent", "1", null);
      Receiver.Received done = next.next();
      assertThat(done.id()).isEqualTo("2");
      assertThat(done.body()).isEqualTo("[1]");
    }
  }

  @Test
  void successWithABodyThatIsNoEvent_isAFailureThatMayPass() throws Exception {
    try (Receiver receiver = new Receiver(_ -> new Receiver.Reply(200, Map.of(), "fine, thanks"))) {
      subscribe("sent", receiver, EXPONENTIAL);
      producer.send("sent", "1", null);
      assertThat(deadLetters.next().fields()).containsEntry("ce-knativeerrorcode", "502");
      assertThat(receiver.count()).isEqualTo(4);
    }
  }

  /** Knative's number. */
  @Test
  void replyThatCausesItself_endsAfter255Rounds() throws Exception {
    try (Receiver echo = new Receiver(
        received -> new Receiver.Reply(200, Producer.event("sent", received.id()), "{}"))) {
      subscribe("sent", echo, EXPONENTIAL);
      producer.send("sent", "1", null);
      assertThat(deadLetters.next().fields()).containsEntry("ce-knativeerrordest", broker.uri().toString())
        .containsEntry("ce-knativeerrorcode", "400");
      assertThat(echo.count()).isEqualTo(255);
    }
  }

  @Test
  void pause_growsAsKnativesInMemoryBrokerLetsItGrow() {
    assertThat(IntStream.range(0, 4).mapToObj(EXPONENTIAL::pause)).extracting(Duration::toSeconds)
      .containsExactly(1L, 2L, 4L, 8L);
    assertThat(IntStream.range(0, 4).mapToObj(LINEAR::pause)).extracting(Duration::toSeconds)
      .containsExactly(0L, 2L, 4L, 6L);
    assertThat(EXPONENTIAL.pause(Integer.MAX_VALUE)).isPositive();
  }
}
