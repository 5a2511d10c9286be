package dev.knatter.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.knatter.shared.Env;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RedisTest {
  @RegisterExtension
  static final RealStores stores = new RealStores();

  private static final Script COUNT = new Script("return {redis.call('INCR', KEYS[1]), ARGV[1]}");
  private final Redis redis = Redis.open(RedisSettings.from(Env.of(stores.env())));

  @AfterEach
  void close() {
    stores.redis().restore();
    redis.close();
  }

  private Optional<List<Object>> count(String key) {
    return redis.eval(COUNT, List.of(key), "text");
  }

  @Test
  void script_runs() {
    assertThat(count("ran")).contains(List.of(1L, "text"));
    assertThat(count("ran")).contains(List.of(2L, "text"));
  }

  @Test
  void redisCut_isEmptyAndThenUsedAgain() {
    assertThat(count("cut")).isPresent();
    stores.redis().cut();
    assertThat(count("cut")).isEmpty();
    stores.redis().restore();
    await().untilAsserted(() -> assertThat(count("cut")).isPresent());
  }

  @Test
  void redisStalled_costsOneTimeOutAndNotEveryOne() {
    assertThat(count("stalled")).isPresent();
    stores.redis().stall();
    assertThat(count("stalled")).isEmpty();
    long before = System.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      assertThat(count("stalled")).isEmpty();
    }
    // Far less than a thousand time-outs, however slow this machine is.
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(100));
    stores.redis().restore();
    await().untilAsserted(() -> assertThat(count("stalled")).isPresent());
  }

  @Test
  void redisAwayAtTheStart_isUsedWhenItComes() {
    stores.redis().cut();
    assertThat(count("late")).isEmpty();
    stores.redis().restore();
    await().untilAsserted(() -> assertThat(count("late")).isPresent());
  }

  @Test
  void redisForgetsItsScripts_runsThemAllTheSame() {
    assertThat(count("flushed")).isPresent();
    assertThat(redis.call("", "SCRIPT", "FLUSH")).contains("OK");
    assertThat(count("flushed")).isPresent();
  }
}
