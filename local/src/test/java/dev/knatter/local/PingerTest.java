package dev.knatter.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

final class PingerTest {
  /** What a ping of these tests says. */
  private record Tick(int shard) {}

  private static final Ping EACH_MINUTE = new Ping("outbox", 1, "{\"shard\": 3}");
  private static final Instant SOON = Instant.parse("2026-11-21T08:00:59.950Z");
  /** Stands just before the full minute, so that the next ping is always due soon. */
  private static final Clock CLOCK = Clock.fixed(SOON, ZoneOffset.UTC);

  private final BlockingQueue<Message<Tick>> pings = new LinkedBlockingQueue<>();

  private Message<Tick> next() throws InterruptedException {
    Message<Tick> ping = pings.poll(10, TimeUnit.SECONDS);
    assertThat(ping).isNotNull();
    return ping;
  }

  @Test
  void function_isCalledWithAnEventWhenItsTimeHasCome() throws InterruptedException {
    try (Pinger _ = Pinger.start(EACH_MINUTE, endpoint(202), CLOCK)) {
      Message<Tick> first = next();
      assertThat(first.getPayload()).isEqualTo(new Tick(3));
      assertThat(first.getHeaders()).containsEntry("ce-type", "dev.knative.sources.ping")
        .containsEntry("ce-source", "/local/pingsources/outbox")
        .containsEntry("ce-time", SOON.toString());
      assertThat(next().getHeaders().get("ce-id")).isNotEqualTo(first.getHeaders().get("ce-id"));
    }
  }

  @Test
  void functionThatFails_isCalledAgain() throws InterruptedException {
    Route<Tick> route = Route.event("outbox", Tick.class);
    try (Pinger _ = Pinger.start(EACH_MINUTE, new Endpoint<>(route, message -> {
      pings.add(message);
      throw new IllegalStateException("the store is away");
    }), CLOCK)) {
      next();
      next();
    }
    pings.clear();
    try (Pinger _ = Pinger.start(EACH_MINUTE, endpoint(503), CLOCK)) {
      next();
      next();
    }
  }

  @Test
  void pinger_thatWasClosed_callsNobody() throws InterruptedException {
    Pinger pinger = Pinger.start(EACH_MINUTE, endpoint(202), CLOCK);
    next();
    pinger.close();
    assertThat(pinger.thread().isAlive()).isFalse();
  }

  @Test
  void untilNext_isToTheNextMinuteThatTheScheduleNames() {
    assertThat(EACH_MINUTE.untilNext(SOON)).isEqualTo(Duration.ofMillis(50));
    assertThat(new Ping("outbox", 5, "{}").untilNext(SOON)).isEqualTo(Duration.ofMillis(4 * 60_000 + 50));
  }

  private Endpoint<Tick> endpoint(int status) {
    return new Endpoint<>(Route.event("outbox", Tick.class), message -> {
      pings.add(message);
      return new GenericMessage<>(new byte[0], Map.of("statusCode", status));
    });
  }
}
