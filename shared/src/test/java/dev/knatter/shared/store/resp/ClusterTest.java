package dev.knatter.shared.store.resp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.knatter.embedded.EmbeddedRedis;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Redis Cluster of three servers. */
final class ClusterTest {
  private static final int SLOTS = 16_384;
  private static final int SIZE = 3;

  @TempDir
  static Path folder;

  private static final List<EmbeddedRedis> redises = new ArrayList<>();
  private static final List<Server> servers = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    for (int i = 0; i < SIZE; i++) {
      EmbeddedRedis redis = EmbeddedRedis.start(folder.resolve("redis" + i), 0, _ -> {},
          List.of("cluster-enabled yes", "cluster-node-timeout 2000", "cluster-require-full-coverage no"));
      redises.add(redis);
      servers.add(Server.open(address(redis)));
    }
    for (int i = 0; i < SIZE; i++) {
      List<Object> slots = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
      IntStream.range(SLOTS * i / SIZE, SLOTS * (i + 1) / SIZE).forEach(slots::add);
      assertThat(ordered(servers.get(i), slots.toArray())).isEqualTo("OK");
      ordered(servers.getFirst(), "CLUSTER", "MEET", "127.0.0.1", redises.get(i).port());
    }
    for (Server server : servers) {
      await().until(() -> text(ordered(server, "CLUSTER", "INFO")).contains("cluster_state:ok"));
      await().until(
          () -> ordered(server, "CLUSTER", "SLOTS") instanceof List<?> all && all.size() == SIZE);
    }
  }

  @AfterAll
  static void stop() {
    servers.forEach(Server::close);
    redises.forEach(EmbeddedRedis::close);
  }

  /** What an operator's command answers. He is more patient than the product: a server that joins writes files. */
  private static @Nullable Object ordered(Server server, Object... command) throws Exception {
    return server.tell("", Command.of(List.of(command))).get(10, SECONDS);
  }

  private static Address address(EmbeddedRedis redis) {
    return new Address("127.0.0.1", redis.port(), Optional.empty(), Optional.empty());
  }

  private static Cluster cluster() {
    return Cluster.of(redises.stream().map(ClusterTest::address).toList());
  }

  private static String text(@Nullable Object reply) {
    return reply instanceof byte[] bytes ? new String(bytes, UTF_8) : String.valueOf(reply);
  }

  /** A key that a server holds. */
  private static String key(int server) {
    return key(server, "key-");
  }

  private static String key(int server, String prefix) {
    return IntStream.range(0, SLOTS)
      .mapToObj(i -> prefix + i)
      .filter(key -> Slot.of(key) * SIZE / SLOTS == server)
      .findFirst()
      .orElseThrow();
  }

  private static void set(Cluster cluster, String key, String value)
      throws IOException, InterruptedException {
    assertThat(cluster.ask(key, Command.of("SET", key, value))).isEqualTo("OK");
  }

  @Test
  void keys_goToWhoHoldsThem() throws Exception {
    try (Cluster cluster = cluster()) {
      for (int i = 0; i < SIZE; i++) {
        set(cluster, key(i), "value " + i);
        assertThat(text(servers.get(i).ask("", Command.of("GET", key(i))))).isEqualTo("value " + i);
        assertThat(cluster.tell(key(i), Command.of("GET", key(i))).get())
          .isEqualTo(("value " + i).getBytes(UTF_8));
      }
    }
  }

  @Test
  void slotThatMoved_isFoundWhereItIsNow() throws Exception {
    String key = key(0, "moved-");
    String slot = "" + Slot.of(key);
    List<String> ids = new ArrayList<>();
    for (Server server : servers) {
      ids.add(text(ordered(server, "CLUSTER", "MYID")));
    }
    try (Cluster cluster = cluster()) {
      set(cluster, key, "1");
      cluster.ask(key, Command.of("DEL", key));
      // First it is on the move, when the new holder wants to be asked with a permission, and then it has moved.
      ordered(servers.get(1), "CLUSTER", "SETSLOT", slot, "IMPORTING", ids.get(0));
      ordered(servers.get(0), "CLUSTER", "SETSLOT", slot, "MIGRATING", ids.get(1));
      set(cluster, key, "2");
      for (Server server : servers) {
        ordered(server, "CLUSTER", "SETSLOT", slot, "NODE", ids.get(1));
      }
      assertThat(text(cluster.ask(key, Command.of("GET", key)))).isEqualTo("2");
      assertThat(text(servers.get(1).ask("", Command.of("GET", key)))).isEqualTo("2");
    }
  }

  @Test
  void messages_areHeardWhereverTheyAreSaid() throws Exception {
    AtomicInteger rung = new AtomicInteger();
    try (Cluster cluster = cluster(); Channels channels = new Channels(cluster::listeningPost, _ -> {})) {
      assertThat(channels.listen("bell", rung::incrementAndGet).hears()).isTrue();
      for (int i = 0; i < SIZE; i++) {
        cluster.ask(key(i), Command.of("PUBLISH", "bell", ""));
      }
      await().until(() -> rung.get() == SIZE);
    }
  }

  @Test
  void serverThatIsNoCluster_isSaidToBeNone() {
    try (EmbeddedRedis single = EmbeddedRedis.start(folder.resolve("single"), 0, _ -> {});
        Cluster cluster = Cluster.of(List.of(address(single)))) {
      assertThatIOException().isThrownBy(() -> cluster.ask("key", Command.of("GET", "key")))
        .withMessageContaining("No server");
    }
  }
}
