package dev.knatter.local.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the broker answers producers, and what becomes of an event that it has taken. */
final class IngressTest {
  private static final String PATH = "/knatter/default";
  private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
  private static final long ROOM_FOR_TWO = 15_000;
  private static final Delivery ONCE = new Delivery(0, Delivery.Backoff.LINEAR, Duration.ZERO);

  @AutoClose
  private final Receiver receiver = Receiver.answering(202);
  @AutoClose
  private final InMemoryBroker broker = new InMemoryBroker(0, PATH, ROOM_FOR_TWO, _ -> {},
      Clock.fixed(NOW, ZoneOffset.UTC));
  @AutoClose
  private final Producer producer = new Producer(broker);

  private void subscribe(Receiver subscriber) {
    broker.subscribe(new Trigger("all", Map.of(), false, subscriber.uri(), ONCE, null));
  }

  @Test
  void eventInBinaryMode_isDeliveredAsItIs() throws Exception {
    subscribe(receiver);
    Map<String, String> event = Producer.event("sent", "1");
    event.put("ce-subject", "caf%C3%A9");
    event.put("Content-Type", "text/plain");
    assertThat(producer.post(event, "plain")).isEqualTo(202);

    Receiver.Received received = receiver.next();
    assertThat(received.body()).isEqualTo("plain");
    assertThat(received.fields()).containsAllEntriesOf(event)
      .containsEntry("ce-knativearrivaltime", NOW.toString())
      .doesNotContainKey("ce-knativebrokerttl");
  }

  @Test
  void eventInStructuredMode_isDeliveredInBinaryMode() throws Exception {
    subscribe(receiver);
    assertThat(producer.post(Map.of("Content-Type", "application/cloudevents+json; charset=utf-8"),
        """
            {"specversion": "1.0", "type": "sent", "id": "1", "source": "/test", "tries": 3, "data": {"text": "hi"}}
            """))
      .isEqualTo(202);

    Receiver.Received received = receiver.next();
    assertThat(received.body()).isEqualTo("{\"text\":\"hi\"}");
    assertThat(received.fields()).containsEntry("ce-tries", "3")
      .containsEntry("Content-Type", "application/json");
  }

  static Stream<Arguments> notEvents() {
    return Stream.of(
        Arguments.of(Map.of("Content-Type", "application/json"), "{}"),
        Arguments.of(Map.of("ce-specversion", "1.0", "ce-type", "sent", "ce-id", "1"), "{}"),
        Arguments.of(Map.of("Content-Type", "application/cloudevents+json"), "{\"specversion\": \"1.0\"}"),
        Arguments.of(Map.of("Content-Type", "application/cloudevents-batch+json"), "[]"),
        Arguments.of(Map.of("Content-Type", "application/cloudevents+json"),
            """
                {"specversion": "1.0", "type": "a", "id": "1", "source": "/a", "datacontenttype": "a/b\\nX: y", "data": ""}
                """));
  }

  @ParameterizedTest
  @MethodSource("notEvents")
  void whatIsNoEvent_is400(Map<String, String> fields, String body) throws Exception {
    assertThat(producer.post(fields, body)).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"POST, /knatter/default/, 202", "POST, /knatter/other, 404", "POST, /, 404",
      "GET, /knatter/default, 405",
      "PUT, /knatter/default, 405"})
  void onlyPostsToItsPath_areTaken(String method, String path, int status) throws Exception {
    assertThat(producer.request(method, broker.uri().resolve(path), Producer.event("sent", "1"), ""))
      .isEqualTo(status);
  }

  @Test
  void eventAboveOneMebibyte_is413() throws Exception {
    assertThat(producer.post(Producer.event("sent", "1"), "a".repeat(1 << 20))).isEqualTo(202);
    assertThat(producer.post(Producer.event("sent", "2"), "a".repeat((1 << 20) + 1))).isEqualTo(413);
  }

  @Test
  void brokerThatIsFull_is503UntilSomethingIsDelivered() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    try (Receiver slow = new Receiver(_ -> {
      goOn.await();
      return Receiver.Reply.of(202);
    })) {
      subscribe(slow);
      assertThat(producer.post(Producer.event("sent", "1"), "")).isEqualTo(202);
      assertThat(producer.post(Producer.event("sent", "2"), "")).isEqualTo(202);
      assertThat(producer.post(Producer.event("sent", "3"), "a".repeat(8000))).isEqualTo(503);
      goOn.countDown();
      Awaitility.await().until(() -> producer.post(Producer.event("sent", "3"), "a".repeat(8000)) == 202);
    }
  }

  @Test
  void brokerThatStartsAgain_takesEventsAtItsPortAndHasForgottenTheOthers() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    int port = broker.uri().getPort();
    try (Receiver hanging = new Receiver(_ -> {
      never.await();
      return Receiver.Reply.of(202);
    })) {
      subscribe(hanging);
      producer.send("sent", "lost", null);
      hanging.next();
      broker.close();
    }
    try (InMemoryBroker again = InMemoryBroker.start(port, PATH); Producer later = new Producer(again)) {
      assertThat(again.uri()).isEqualTo(broker.uri());
      again.subscribe(new Trigger("all", Map.of(), false, receiver.uri(), ONCE, null));
      later.send("sent", "new", null);
      assertThat(receiver.next().id()).isEqualTo("new");
      assertThat(receiver.count()).isZero();
    }
  }
}
