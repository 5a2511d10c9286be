package dev.knatter.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

import org.junit.jupiter.api.Test;

final class ServerClockTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private final ServerClock clock = new ServerClock(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void refusalThatWasOnItsWayForLong_doesNotSetTheClockBack() {
    Instant asked = clock.now().minusSeconds(5);
    UUID before = clock.mint();
    clock.correct(NOW.minusSeconds(3), asked);
    assertThat(clock.now()).isEqualTo(NOW.minusSeconds(3)); // the first time that is known
    clock.observe(NOW);
    clock.correct(NOW.minusSeconds(3), asked);
    assertThat(clock.now()).isEqualTo(NOW);
    assertThat(ServerClock.millis(clock.mint())).isGreaterThan(ServerClock.millis(before));
  }

  @Test
  void refusalFromBeforeItsRequest_setsTheClockBack() {
    clock.observe(NOW.plusSeconds(120));
    clock.correct(NOW, clock.now());
    assertThat(clock.now()).isEqualTo(NOW);
  }

  @Test
  void idOfTheServer_isBeforeThoseThatAreMintedLater() {
    UUID first = clock.mint();
    UUID ofTheServer = clock.adopt(new UUID(first.getMostSignificantBits() + (500L << 16), 0));
    assertThat(ServerClock.millis(clock.mint())).isGreaterThan(ServerClock.millis(ofTheServer));
  }
}
