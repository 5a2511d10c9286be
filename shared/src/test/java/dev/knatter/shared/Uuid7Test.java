package dev.knatter.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.Test;

final class Uuid7Test {
  private final Random random = new Random(9);

  @Test
  void minted_hasItsTimeVersionAndVariant() {
    Instant now = Instant.parse("2026-11-21T08:00:00.123Z");
    UUID id = new Uuid7(Clock.fixed(now, ZoneOffset.UTC), random).mint();
    assertThat(Uuid7.isOne(id)).isTrue();
    assertThat(Uuid7.instant(id)).isEqualTo(now);
  }

  @Test
  void order_isThatOfTimeAndOfText() {
    for (int i = 0; i < 1_000; i++) {
      long millis = random.nextLong(1L << 46);
      UUID one = Uuid7.of(millis, random.nextLong(), random.nextLong());
      UUID later = Uuid7.of(millis + random.nextInt(1, 9), random.nextLong(), random.nextLong());
      assertThat(one).isLessThan(later);
      assertThat(one.toString()).isLessThan(later.toString());
      assertThat(one).isBetween(Uuid7.floor(millis), Uuid7.last(millis));
      assertThat(Uuid7.last(millis)).isLessThan(Uuid7.floor(millis + 1));
    }
  }

  @Test
  void before_isTheNextSmallerOne() {
    assertThat(Uuid7.before(Uuid7.of(7, 3, 5))).isEqualTo(Uuid7.of(7, 3, 4));
    assertThat(Uuid7.before(Uuid7.of(7, 3, 0))).isEqualTo(Uuid7.of(7, 2, -1));
    assertThat(Uuid7.before(Uuid7.floor(7))).isEqualTo(Uuid7.last(6));
    assertThat(Uuid7.before(Uuid7.last(7))).isLessThan(Uuid7.last(7));
  }
}
