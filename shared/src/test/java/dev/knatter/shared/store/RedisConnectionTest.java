package dev.knatter.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import dev.knatter.embedded.EmbeddedRedis;
import dev.knatter.shared.Env;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connects with a password, as a user and over TLS, and connects again. */
final class RedisConnectionTest {
  private static final Script ECHO = new Script("return {ARGV[1]}");

  @TempDir
  Path folder;

  private EmbeddedRedis redis(String... commands) throws IOException {
    EmbeddedRedis redis = EmbeddedRedis.start(folder, 0, _ -> {});
    RawRedis.send(redis, commands);
    return redis;
  }

  private static Redis client(String url, String... more) {
    Map<String, String> env = new HashMap<>(Map.of("KNATTER_REDIS_URL", url));
    for (int i = 0; i < more.length; i += 2) {
      env.put(more[i], more[i + 1]);
    }
    return Redis.open(RedisSettings.from(Env.of(env)));
  }

  private static Optional<List<Object>> echo(Redis redis, String text) {
    return redis.eval(ECHO, List.of("key"), text);
  }

  private static void awaitEcho(Redis redis) {
    await().untilAsserted(() -> assertThat(echo(redis, "in")).contains(List.of("in")));
  }

  private static void awaitRefusal(Redis redis) {
    await().untilAsserted(() -> assertThat(redis.isUp()).contains(false));
    assertThat(echo(redis, "in")).isEmpty();
  }

  @Test
  void password_rightOrWrong_letsInOrNot() throws Exception {
    try (EmbeddedRedis redis = redis("CONFIG SET requirepass s3cret");
        Redis right = client(redis.url(), "KNATTER_REDIS_PASSWORD", "s3cret");
        Redis wrong = client(redis.url(), "KNATTER_REDIS_PASSWORD", "guess")) {
      awaitEcho(right);
      awaitRefusal(wrong);
    }
  }

  @Test
  void user_withItsPassword_isLetIn() throws Exception {
    try (
        EmbeddedRedis redis = redis(
            "ACL SETUSER knatter on >s3cret ~* resetchannels &bell:* &live:* +@all -@dangerous",
            "ACL SETUSER default off");
        Redis right = client(redis.url(), "KNATTER_REDIS_USERNAME", "knatter", "KNATTER_REDIS_PASSWORD",
            "s3cret");
        Redis other = client(redis.url(), "KNATTER_REDIS_USERNAME", "somebody", "KNATTER_REDIS_PASSWORD",
            "s3cret");
        Redis nobody = client(redis.url(), "KNATTER_REDIS_PASSWORD", "s3cret")) {
      awaitEcho(right);
      awaitRefusal(other);
      awaitRefusal(nobody);
    }
  }

  @Test
  void tls_ofATrustedAuthority_isUsed_andOfAnotherRefused() throws Exception {
    try (EmbeddedRedis redis = redis();
        TlsFront front = TlsFront.before(redis.port(), folder);
        Redis trusted = client("rediss://localhost:" + front.port(), "KNATTER_REDIS_TLS_CA",
            front.certificate());
        Redis strange = client("rediss://localhost:" + front.port());
        Redis misnamed = client("rediss://127.0.0.1:" + front.port(), "KNATTER_REDIS_TLS_CA",
            front.certificate())) {
      awaitEcho(trusted);
      awaitRefusal(strange);
      awaitRefusal(misnamed);
    }
  }

  /** Each of two steps takes 300 ms, and a caller waits only 400 ms. */
  @Test
  void connectionSlowerToMakeThanACallerWaits_isMade() throws Exception {
    try (EmbeddedRedis redis = redis("CONFIG SET requirepass s3cret");
        TlsFront front = TlsFront.before(redis.port(), folder, Duration.ofMillis(300));
        Redis client = client("rediss://localhost:" + front.port(), "KNATTER_REDIS_PASSWORD", "s3cret",
            "KNATTER_REDIS_TLS_CA", front.certificate())) {
      awaitEcho(client);

      AtomicInteger rung = new AtomicInteger();
      RedisListener listener = client.listen("here", rung::incrementAndGet);
      boolean late = !listener.hears();
      await().until(() -> listener.hears() && (!late || rung.get() >= 1));
    }
  }

  @Test
  void processKilled_isAbsent_andTheNextOneIsUsed() throws Exception {
    EmbeddedRedis first = redis();
    try (Redis client = client(first.url())) {
      awaitEcho(client);
      first.close();
      assertThat(echo(client, "in")).isEmpty();
      try (EmbeddedRedis _ = EmbeddedRedis.start(folder, first.port(), _ -> {})) {
        awaitEcho(client);
      }
    }
  }

  @Test
  void close_whileNobodyAnswers_endsSoon() throws Exception {
    EmbeddedRedis gone = redis();
    gone.close();
    long before = System.nanoTime();
    client(gone.url()).close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
  }

  /** The test kills the primary, and the Sentinel promotes the replica. */
  @Test
  void sentinels_sayWhoIsThePrimary_alsoAfterAFailover() throws Exception {
    EmbeddedRedis primary = EmbeddedRedis.start(folder.resolve("primary"), 0, _ -> {});
    try (
        EmbeddedRedis replica = EmbeddedRedis.start(folder.resolve("replica"), 0, _ -> {},
            List.of("replicaof 127.0.0.1 " + primary.port()));
        EmbeddedRedis sentinel = EmbeddedRedis.startSentinel(folder.resolve("sentinel"), _ -> {},
            List.of("sentinel monitor chat 127.0.0.1 %d 1".formatted(primary.port()),
                "sentinel down-after-milliseconds chat 500"));
        Redis client = client(sentinel.url(), "KNATTER_REDIS_SENTINEL_MASTER", "chat")) {
      awaitEcho(client);
      await().until(() -> RawRedis.send(sentinel, "INFO sentinel").contains("slaves=1"));
      RedisListener listener = client.listen("here", () -> {});
      await().until(listener::hears);
      primary.close();

      await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
        client.set("after", "failover", Duration.ofMinutes(1));
        assertThat(RawRedis.send(replica, "EXISTS after")).isEqualTo("1");
      });
      await().until(() -> RawRedis.send(replica, "PUBLISH here something").equals("1"));
      await().until(listener::hears);
    } finally {
      primary.close();
    }
  }
}
