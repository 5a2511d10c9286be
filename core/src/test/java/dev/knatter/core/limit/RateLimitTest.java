package dev.knatter.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.api.Test;

final class RateLimitTest {
  @Test
  void login_perHour_isAtMostAHundredGuesses() {
    long refilled = Duration.ofHours(1).dividedBy(RateLimit.LOGIN.refill());

    assertThat(RateLimit.LOGIN.capacity() + refilled).isLessThanOrEqualTo(100);
  }

  @Test
  void of_knownId_isThatLimit() {
    assertThat(RateLimit.of("send")).isEqualTo(RateLimit.SEND);
  }

  @Test
  void of_unknownId_stopsTheStart() {
    assertThatThrownBy(() -> RateLimit.of("sned")).hasMessageContaining("sned");
  }
}
