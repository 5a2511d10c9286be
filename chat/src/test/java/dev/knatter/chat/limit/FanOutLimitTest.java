package dev.knatter.chat.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.util.UUID;

import dev.knatter.chat.MigratedStores;
import dev.knatter.shared.DomainError.RateLimited;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class FanOutLimitTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private final UUID group = UUID.randomUUID();

  @Test
  void rowsBeyondTheLimit_waitUntilThereIsRoomAgain() {
    FanOutLimit limit = new FanOutLimit(stores.redis());
    assertThatExceptionOfType(RateLimited.class).isThrownBy(() -> {
      for (int i = 0; i < 100; i++) {
        limit.require(group, FanOutLimit.ROWS);
      }
    })
      .satisfies(
          refused -> assertThat(refused.retryAfter()).isPositive().isLessThanOrEqualTo(FanOutLimit.WINDOW));
    limit.require(UUID.randomUUID(), FanOutLimit.ROWS);
    await().ignoreExceptionsInstanceOf(RateLimited.class)
      .untilAsserted(() -> limit.require(group, FanOutLimit.ROWS));
  }

  @Test
  void withoutRedis_nothingIsLimited() {
    stores.redisProxy().cut();
    try {
      FanOutLimit limit = new FanOutLimit(stores.redis());
      for (int i = 0; i < 3; i++) {
        limit.require(group, FanOutLimit.ROWS);
      }
    } finally {
      stores.redisProxy().restore();
    }
  }
}
