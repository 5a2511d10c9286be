package dev.knatter.chat.limit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;

import dev.knatter.shared.DomainError.RateLimited;
import org.junit.jupiter.api.Test;

final class ConcurrencyLimiterTest {
  private final ConcurrencyLimiter limiter = new ConcurrencyLimiter(ConcurrencyLimit.WAITING);
  private final UUID ada = UUID.randomUUID();

  @Test
  void oneTooMany_isRefusedUntilAnotherEnds() {
    for (int i = 0; i < 20; i++) {
      limiter.enter(ada);
    }
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> limiter.enter(ada)).isInstanceOf(RateLimited.class);
    }
    assertThatCode(() -> limiter.enter(UUID.randomUUID())).doesNotThrowAnyException();
    limiter.leave(ada);
    limiter.enter(ada);
    assertThatThrownBy(() -> limiter.enter(ada)).isInstanceOf(RateLimited.class);
  }
}
