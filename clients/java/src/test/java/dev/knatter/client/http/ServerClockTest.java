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
  void answerThatWasOnItsWayForLong_doesNotMoveTheClock() {
    UUID before = clock.mint();
    clock.observeDate(NOW.minusSeconds(4), NOW.minusSeconds(5)); // the first answer of all
    clock.observe(NOW.minusSeconds(3), NOW.minusSeconds(5));
    clock.observe(NOW.minusSeconds(30));
    assertThat(clock.now()).isEqualTo(NOW);
    assertThat(ServerClock.millis(clock.mint())).isGreaterThan(ServerClock.millis(before));
  }

  @Test
  void dateThatIsCutToSeconds_doesNotMoveTheClock() {
    Instant local = NOW.plusMillis(999);
    ServerClock late = new ServerClock(Clock.fixed(local, ZoneOffset.UTC));
    late.observeDate(NOW, local);
    assertThat(late.now()).isEqualTo(local);
  }

  @Test
  void clockThatIsAhead_isSetBackNoFurtherThanTheTimeOfAsking() {
    clock.observe(NOW.minusSeconds(120), NOW.minusSeconds(5)); // 115 to 120 seconds ahead
    assertThat(clock.now()).isEqualTo(NOW.minusSeconds(115));
    clock.observeDate(NOW.minusSeconds(120), NOW);
    assertThat(clock.now()).isEqualTo(NOW.minusSeconds(119));
  }

  @Test
  void clockThatIsBehind_isSetOn() {
    clock.observe(NOW.plusSeconds(120));
    clock.observe(NOW.plusSeconds(120), NOW.minusSeconds(5));
    assertThat(clock.now()).isEqualTo(NOW.plusSeconds(120));
    clock.observeDate(NOW.plusSeconds(121), NOW);
    assertThat(clock.now()).isEqualTo(NOW.plusSeconds(121));
  }

  @Test
  void idOfTheServer_isBeforeThoseThatAreMintedLater() {
    UUID first = clock.mint();
    UUID ofTheServer = clock.adopt(new UUID(first.getMostSignificantBits() + (500L << 16), 0));
    assertThat(ServerClock.millis(clock.mint())).isGreaterThan(ServerClock.millis(ofTheServer));
  }
}
