package dev.knatter.chat.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import dev.knatter.chat.limit.RateLimit.Scope;
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
  void byAddress_isTheRowOfTheSameOperation() {
    assertThat(RateLimit.LOGIN.byAddress()).contains(RateLimit.LOGIN_ADDRESS);
    assertThat(RateLimit.SEND.byAddress()).isEmpty();
  }

  @Test
  void all_rowsByAddress_belongToOneByName() {
    assertThat(RateLimit.all()).filteredOn(limit -> limit.scope() == Scope.USERNAME)
      .allSatisfy(limit -> assertThat(limit.byAddress()).as(limit.id())
        .hasValueSatisfying(other -> assertThat(other.scope()).isEqualTo(Scope.ADDRESS)));
  }

  @Test
  void of_unknownId_stopsTheStart() {
    assertThatThrownBy(() -> RateLimit.of("sned")).hasMessageContaining("sned");
  }
}
