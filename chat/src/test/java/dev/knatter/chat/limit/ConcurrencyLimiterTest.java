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
      limiter.acquire(ada);
    }
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> limiter.acquire(ada)).isInstanceOf(RateLimited.class);
    }
    assertThatCode(() -> limiter.acquire(UUID.randomUUID())).doesNotThrowAnyException();
    limiter.release(ada);
    limiter.acquire(ada);
    assertThatThrownBy(() -> limiter.acquire(ada)).isInstanceOf(RateLimited.class);
  }
}
