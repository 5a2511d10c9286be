package dev.knatter.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.knatter.embedded.EmbeddedRedis;
import dev.knatter.embedded.Ports;
import dev.knatter.shared.Env;
import dev.knatter.testing.CapturedLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests with a real Redis Cluster of three servers. */
final class RedisClusterTest {
  private static final int SLOTS = 16_384;
  private static final int SIZE = 3;
  private static final Script SET = new Script("return {redis.call('SET', KEYS[1], ARGV[1]).ok}");
  private static final Script GET = new Script("return {redis.call('GET', KEYS[1])}");

  @TempDir
  static Path folder;

  private static final List<EmbeddedRedis> servers = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    for (int i = 0; i < SIZE; i++) {
      EmbeddedRedis redis = EmbeddedRedis.start(folder.resolve("redis" + i), Ports.freeForRedisCluster(),
          _ -> {},
          List.of("cluster-enabled yes", "cluster-node-timeout 2000", "cluster-require-full-coverage no"));
      servers.add(redis);
      RawRedis.send(redis, "CLUSTER ADDSLOTS " + IntStream.range(SLOTS * i / SIZE, SLOTS * (i + 1) / SIZE)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(" ")));
      RawRedis.send(servers.getFirst(), "CLUSTER MEET 127.0.0.1 " + redis.port());
    }
    for (EmbeddedRedis server : servers) {
      await().until(() -> {
        String info = RawRedis.send(server, "CLUSTER INFO");
        return info.contains("cluster_state:ok") && info.contains("cluster_slots_ok:" + SLOTS);
      });
    }
  }

  @AfterAll
  static void stop() {
    servers.forEach(EmbeddedRedis::close);
  }

  private static Redis client(List<EmbeddedRedis> seeds) {
    String url = seeds.stream().map(EmbeddedRedis::url).collect(Collectors.joining(","));
    return Redis.open(RedisSettings.from(Env.of(Map.of("KNATTER_REDIS_URL", url))));
  }

  private static Redis cluster() {
    Redis redis = client(servers);
    await().until(() -> redis.isUp().isPresent());
    return redis;
  }

  private static int slot(String key) throws IOException {
    return Integer.parseInt(RawRedis.send(servers.getFirst(), "CLUSTER KEYSLOT " + key));
  }

  /** Returns a key that the given server holds. */
  private static String key(int server, String prefix) throws IOException {
    for (int i = 0;; i++) {
      if (slot(prefix + i) * SIZE / SLOTS == server) {
        return prefix + i;
      }
    }
  }

  private static void set(Redis cluster, String key, String value) {
    assertThat(cluster.eval(SET, List.of(key), value)).contains(List.of("OK"));
  }

  @Test
  void keys_goToWhoHoldsThem() throws Exception {
    try (Redis cluster = cluster()) {
      for (int i = 0; i < SIZE; i++) {
        String key = key(i, "key-");
        set(cluster, key, "value-" + i);
        assertThat(RawRedis.send(servers.get(i), "GET " + key)).isEqualTo("value-" + i);
        cluster.send(SET, List.of(key), "sent");
        await().untilAsserted(() -> assertThat(cluster.eval(GET, List.of(key))).contains(List.of("sent")));
      }
      assertThat(cluster.isUp()).contains(true);
    }
  }

  @Test
  void slotThatMoved_isFoundWhereItIsNow() throws Exception {
    String key = key(0, "moved-");
    String slot = "CLUSTER SETSLOT " + slot(key);
    List<String> ids = new ArrayList<>();
    for (EmbeddedRedis server : servers) {
      ids.add(RawRedis.send(server, "CLUSTER MYID"));
    }
    try (Redis cluster = cluster()) {
      set(cluster, key, "1");
      cluster.delete(List.of(key));
      // First the slot is moving, and the new holder accepts a command only after ASKING. Then the slot has moved.
      RawRedis.send(servers.get(1), slot + " IMPORTING " + ids.get(0));
      RawRedis.send(servers.get(0), slot + " MIGRATING " + ids.get(1));
      // If the new holder does not know the script, Redisson fails once, but it has loaded the script there.
      await().untilAsserted(() -> set(cluster, key, "2"));
      for (EmbeddedRedis server : servers) {
        RawRedis.send(server, slot + " NODE " + ids.get(1));
      }
      assertThat(cluster.eval(GET, List.of(key))).contains(List.of("2"));
      assertThat(RawRedis.send(servers.get(1), "GET " + key)).isEqualTo("2");
    }
  }

  @Test
  void messages_areHeardWhereverTheyAreSaid() throws Exception {
    AtomicInteger rung = new AtomicInteger();
    try (Redis cluster = cluster(); RedisListener listener = cluster.listen("bell", rung::incrementAndGet)) {
      await().until(listener::hears);
      rung.set(0);
      for (int i = 0; i < SIZE; i++) {
        RawRedis.send(servers.get(i), "PUBLISH bell said");
      }
      await().until(() -> rung.get() == SIZE);
    }
  }

  @Test
  void serverThatIsNoCluster_isSaidToBeNone() {
    try (CapturedLog log = new CapturedLog();
        EmbeddedRedis one = EmbeddedRedis.start(folder.resolve("one"), 0, _ -> {});
        EmbeddedRedis other = EmbeddedRedis.start(folder.resolve("other"), 0, _ -> {});
        Redis redis = client(List.of(one, other))) {
      await().untilAsserted(() -> assertThat(log.lines("WARN dev.knatter")).singleElement()
        .asString()
        .contains("no cluster", "KNATTER_REDIS_URL"));
      assertThat(redis.isUp()).contains(false);
    }
  }
}
