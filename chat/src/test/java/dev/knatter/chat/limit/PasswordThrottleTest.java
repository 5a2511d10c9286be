package dev.knatter.chat.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.knatter.chat.MigratedStores;
import dev.knatter.shared.DomainError.RateLimited;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.Script;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PasswordThrottleTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static final Network HOME = new Network("192.0.2.1");
  private static final Network ELSEWHERE = new Network("192.0.2.2");
  private final Redis redis = stores.openRedis();
  private final PasswordThrottle throttle = new PasswordThrottle(redis, RateLimit.LOGIN);
  private final String name = "u" + UUID.randomUUID().toString().substring(0, 12);

  @AfterEach
  void restore() {
    stores.redisProxy().restore();
  }

  private static Optional<String> right() {
    return Optional.of("ada");
  }

  private static Optional<String> wrong() {
    return Optional.empty();
  }

  private static Optional<String> undecided() {
    throw new Unavailable("Away.");
  }

  private void fail(@Nullable Network from, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(throttle.attempt(name, from, PasswordThrottleTest::wrong)).isEmpty();
    }
  }

  private Duration refused(@Nullable Network from) {
    return catchThrowableOfType(RateLimited.class,
        () -> throttle.attempt(name, from, PasswordThrottleTest::right))
      .retryAfter();
  }

  private void assertRight(@Nullable Network from) {
    assertThat(throttle.attempt(name, from, PasswordThrottleTest::right)).contains("ada");
  }

  /** As if so many had failed, and the wait for it had ended. */
  private void failedBefore(int failures) {
    String account = "knatter:{" + name + "}:guesses";
    redis.eval(new Script("return {redis.call('HSET', KEYS[1], 'failures', ARGV[1])}"), List.of(account),
        failures);
  }

  @Test
  void failures_afterTheTenth_waitTwiceAsLongEachTimeUpToAMinute() {
    fail(null, 10);
    assertThat(refused(null)).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
    for (int failures = 11; failures < 16; failures++) {
      stores.flushRedis();
      failedBefore(failures - 1);
      fail(null, 1);
      assertThat(refused(null)).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1L << (failures - 10)))
        .isGreaterThan(Duration.ofSeconds(1L << (failures - 11)));
    }
    for (int failures : new int[]{16, 17, 60, 2_000}) {
      stores.flushRedis();
      failedBefore(failures);
      fail(null, 1);
      assertThat(refused(null)).isBetween(Duration.ofSeconds(50), Duration.ofMinutes(1));
    }
  }

  @Test
  void attempt_afterTheWait_isMade() {
    fail(HOME, 10);

    await().ignoreExceptionsInstanceOf(RateLimited.class).untilAsserted(() -> assertRight(HOME));
  }

  @Test
  void manyGuessesAtOnce_areNoWayAroundTheWait() throws Exception {
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(() -> {
        try {
          return throttle.attempt(name, null, PasswordThrottleTest::wrong).isEmpty();
        } catch (RateLimited e) {
          return false;
        }
      });
    }
    int made = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> one : threads.invokeAll(calls)) {
        made += one.get() ? 1 : 0;
      }
    }
    assertThat(made).isBetween(10, 12);
  }

  @Test
  void ownerWhoLoggedInFromThereBefore_isNotKeptOutByStrangers() {
    assertRight(HOME);
    fail(ELSEWHERE, 9);
    fail(null, 1);

    assertThat(refused(ELSEWHERE)).isPositive();
    assertThat(refused(null)).isPositive();
    assertRight(HOME);
  }

  @Test
  void guessesFromAKnownNetwork_waitToo() {
    assertRight(HOME);
    fail(HOME, 10);

    assertThat(refused(HOME)).isPositive();
    assertRight(ELSEWHERE);
  }

  @Test
  void rightPassword_fromAKnownNetwork_forgetsTheFailuresThere() {
    assertRight(HOME);
    fail(HOME, 9);
    assertRight(HOME);

    fail(HOME, 9);
    assertRight(HOME);
  }

  @Test
  void rightPassword_fromElsewhere_forgetsNoStrangersFailures() {
    fail(null, 9);
    assertRight(ELSEWHERE);
    fail(null, 1);

    assertThat(refused(null)).isPositive();
  }

  @Test
  void attemptWithoutOutcome_isNoFailure() {
    for (int i = 0; i < 15; i++) {
      assertThatThrownBy(() -> throttle.attempt(name, HOME, PasswordThrottleTest::undecided))
        .isInstanceOf(Unavailable.class);
    }
    assertRight(HOME);
  }

  @Test
  void rightPasswords_inQuickSuccession_areLimitedByTheBucket() {
    for (int i = 0; i < RateLimit.LOGIN.capacity(); i++) {
      assertRight(null);
    }
    assertThat(refused(null)).isBetween(Duration.ofSeconds(40), RateLimit.LOGIN.refill());
  }

  @Test
  void otherNames_haveTheirOwnCounters() {
    fail(HOME, 10);

    assertThat(throttle.attempt(name + "x", HOME, PasswordThrottleTest::right)).isPresent();
  }

  @Test
  void redisEmptiedOrAway_nobodyWaits() {
    fail(HOME, 10);
    stores.flushRedis();
    assertRight(HOME);
    fail(ELSEWHERE, 10);
    stores.redisProxy().cut();

    assertRight(ELSEWHERE);
    fail(ELSEWHERE, 1);
  }

  @Test
  void keys_always_expire() {
    assertRight(HOME);
    fail(HOME, 1);
    String account = "knatter:{" + name + "}:guesses";
    List<Long> times = Stream.of("", ":known", ":from:" + HOME.text())
      .map(part -> (Long) redis
        .eval(new Script("return {redis.call('PTTL', KEYS[1])}"), List.of(account + part))
        .orElseThrow()
        .getFirst())
      .toList();

    assertThat(times).allMatch(millis -> millis > 0);
  }
}
