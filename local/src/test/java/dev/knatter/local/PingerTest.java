package dev.knatter.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import dev.knatter.local.broker.Receiver;
import dev.knatter.testing.CapturedLog;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class PingerTest {
  private static final Ping EACH_MINUTE = new Ping("outbox", 1, "{\"shard\": 3}");
  private static final Instant SOON = Instant.parse("2026-11-21T08:00:59.950Z");
  /** Stands just before the full minute, so that the next ping is always due soon. */
  private static final Clock CLOCK = Clock.fixed(SOON, ZoneOffset.UTC);

  @Test
  void function_isCalledWithAnEventWhenItsTimeHasCome() throws InterruptedException {
    try (Receiver function = Receiver.answering(202);
        Pinger _ = Pinger.start(EACH_MINUTE, function.uri(), CLOCK)) {
      Receiver.Received first = function.next();
      assertThat(first.body()).isEqualTo("{\"shard\": 3}");
      assertThat(first.fields()).containsEntry("ce-specversion", "1.0")
        .containsEntry("ce-type", "dev.knative.sources.ping")
        .containsEntry("ce-source", "/local/pingsources/outbox")
        .containsEntry("ce-time", SOON.toString())
        .containsEntry("Content-Type", "application/json");
      assertThat(function.next().id()).isNotEqualTo(first.id());
    }
  }

  @Test
  void functionThatFails_isCalledAgain() throws InterruptedException {
    try (Receiver function = Receiver.answering(503);
        Pinger _ = Pinger.start(EACH_MINUTE, function.uri(), CLOCK)) {
      function.next();
      function.next();
    }
  }

  @Test
  void functionThatIsAway_isCalledAgain() throws InterruptedException {
    Receiver gone = Receiver.answering(202);
    gone.close();
    try (CapturedLog log = new CapturedLog(); Pinger _ = Pinger.start(EACH_MINUTE, gone.uri(), CLOCK)) {
      Awaitility.await().until(() -> log.lines("did not answer a ping").size() > 1);
    }
  }

  @Test
  void pinger_thatWasClosed_callsNobody() throws InterruptedException {
    try (Receiver function = Receiver.answering(202)) {
      Pinger pinger = Pinger.start(EACH_MINUTE, function.uri(), CLOCK);
      function.next();
      pinger.close();
      assertThat(pinger.thread().isAlive()).isFalse();
    }
  }

  @Test
  void untilNext_isToTheNextMinuteThatTheScheduleNames() {
    assertThat(EACH_MINUTE.untilNext(SOON)).isEqualTo(Duration.ofMillis(50));
    assertThat(new Ping("outbox", 5, "{}").untilNext(SOON)).isEqualTo(Duration.ofMillis(4 * 60_000 + 50));
  }
}
