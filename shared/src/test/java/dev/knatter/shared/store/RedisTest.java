package dev.knatter.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.knatter.shared.Env;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RedisTest {
  @RegisterExtension
  static final RealStores stores = new RealStores();

  private static final Script COUNT = new Script("return {redis.call('INCR', KEYS[1]), ARGV[1]}");
  private final Redis redis = Redis.open(RedisSettings.from(Env.of(stores.env())));

  @BeforeEach
  void awaitRedis() {
    await().untilAsserted(() -> assertThat(redis.isUp()).contains(true));
  }

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
  void bytes_comeBackAsTheyWere() {
    byte[] bytes = new byte[1 << 21];
    new Random(1).nextBytes(bytes);
    assertThat(redis.<byte[]>evalBytes(new Script("return {ARGV[1]}"), List.of("bytes"), bytes).orElseThrow())
      .singleElement()
      .isEqualTo(bytes);
  }

  @Test
  void text_isStoredForATime_andDeleted() throws Exception {
    redis.set("stored", "é", Duration.ofSeconds(100));
    assertThat(redis.eval(new Script("return {redis.call('GET', KEYS[1]), redis.call('TTL', KEYS[1])}"),
        List.of("stored")))
      .hasValueSatisfying(values -> {
        assertThat(values.getFirst()).isEqualTo("é");
        assertThat((Long) values.getLast()).isBetween(1L, 100L);
      });
    redis.delete(List.of("stored", "another"));
    assertThat(RawRedis.send(stores.redisProcess(), "EXISTS stored")).isEqualTo("0");
  }

  @Test
  void scriptSent_runs_thoughNobodyWaits() {
    redis.send(COUNT, List.of("sent"), "text");
    await().untilAsserted(
        () -> assertThat(RawRedis.send(stores.redisProcess(), "EXISTS sent")).isEqualTo("1"));
  }

  @Test
  void manyAtOnce_eachGetsItsAnswer() throws Exception {
    Script echo = new Script("return {ARGV[1]}");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int caller = 0; caller < 64; caller++) {
        String prefix = caller + ":";
        answers.add(threads.submit(() -> IntStream.range(0, 100)
          .allMatch(
              i -> redis.eval(echo, List.of(prefix), prefix + i).equals(Optional.of(List.of(prefix + i))))));
      }
      for (Future<Boolean> answer : answers) {
        assertThat(answer.get()).isTrue();
      }
    }
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
    // Much less than a thousand timeouts, even on a slow machine.
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(100));
    stores.redis().restore();
    await().untilAsserted(() -> assertThat(count("stalled")).isPresent());
  }

  @Test
  void redisAwayAtTheStart_isUsedWhenItComes() {
    stores.redis().cut();
    try (Redis early = Redis.open(RedisSettings.from(Env.of(stores.env())))) {
      assertThat(early.eval(COUNT, List.of("late"), "text")).isEmpty();
      stores.redis().restore();
      await().untilAsserted(() -> assertThat(early.eval(COUNT, List.of("late"), "text")).isPresent());
    }
  }

  @Test
  void redisForgetsItsScripts_runsThemAllTheSame() throws Exception {
    assertThat(count("flushed")).isPresent();
    RawRedis.send(stores.redisProcess(), "SCRIPT FLUSH");
    assertThat(count("flushed")).isPresent();
  }
}
