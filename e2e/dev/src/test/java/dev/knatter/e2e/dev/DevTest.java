package dev.knatter.e2e.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import dev.knatter.embedded.Ports;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./knatter dev} from outside, with the signals and the mistakes of real life. */
final class DevTest {
  private static final String ANN = "{\"username\": \"ann\", \"password\": \"correct horse\"}";

  private static final String TIME = "(?m)^20\\d\\d-\\d\\d-\\d\\dT[0-9:]{8}\\.\\d{3}Z ";

  private static final int ROUNDS = 3;
  private static final Duration SOAK = Duration.ofSeconds(Integer.getInteger("knatter.soak", 0));

  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  @TempDir
  Path data;

  @Test
  void signal_halfWayThroughStarting_leavesNobody() throws Exception {
    Random random = new Random(20261121);
    long end = System.nanoTime() + SOAK.toNanos();
    for (int round = 0; round < ROUNDS || System.nanoTime() < end; round++) {
      try (
          DevProcess dev = DevProcess.start(data.resolve("round" + round), Ports.free(), Map.of())) {
        awaitMillis(random.nextInt(5_000));
        if (random.nextBoolean()) {
          dev.terminate();
        } else {
          dev.kill();
        }
        dev.awaitExit();
        dev.awaitNobodyLeft();
      }
    }
  }

  @Test
  void twoInstances_onTheSameStores_areTwoPods() throws Exception {
    try (DevProcess one = DevProcess.start(data.resolve("one"), Ports.free(), stores.env());
        DevProcess other = DevProcess.start(data.resolve("other"), Ports.free(), stores.env())) {
      one.awaitReady();
      other.awaitReady();
      assertThat(one.post("/v1/register", ANN)).isEqualTo(201);
      assertThat(other.post("/v1/register", ANN)).isEqualTo(409);
      assertThat(one.output()).doesNotContain("Cassandra is starting", "Redis is starting");
    }
  }

  @Test
  void externalStore_awayAtTheStart_isSaidWithItsTimeAndCause_andUsedOnceItIsThere() throws Exception {
    stores.cassandra().cut();
    Map<String, String> env = new HashMap<>(stores.env());
    env.put("KNATTER_LOG_LEVEL", "debug");
    try (DevProcess dev = DevProcess.start(data, Ports.free(), env)) {
      await().atMost(Duration.ofMinutes(1)).until(() -> dev.health() == 503);
      assertThat(dev.get("/healthz", "").body())
        .contains("\"reason\":\"the message store is not connected\"");
      await().untilAsserted(() -> assertThat(dev.get("/metrics", "").body())
        .containsPattern("knatter_cassandra_up\\{[^}]*} 0.0\n"));
      stores.cassandra().restore();
      dev.awaitReady();
      assertThat(dev.output())
        .containsPattern(
            TIME + "WARN \\S+CassandraConnection - Cassandra cannot be used: the connection is refused;"
                + " check KNATTER_CASSANDRA_CONTACT_POINTS")
        .containsPattern(TIME + "DEBUG dev\\.knatter\\.")
        .doesNotContainPattern("(DEBUG|INFO) (io|com|org)\\.")
        .containsOnlyOnce("the connection is refused; check");
    } finally {
      stores.cassandra().restore();
    }
  }

  @Test
  void portInUse_isNamedBeforeAnythingStarts() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DevProcess dev = DevProcess.start(data, other.getLocalPort(), Map.of())) {
      assertThat(dev.awaitExit()).isEqualTo(1);
      assertThat(dev.output()).contains("Port " + other.getLocalPort(), "KNATTER_PORT=")
        .doesNotContain("is starting");
    }
  }

  @Test
  void jdk17Missing_saysHowToGetOneAndHowToDoWithout() throws Exception {
    try (DevProcess dev = DevProcess.start(data, Ports.free(),
        Map.of("KNATTER_JAVA17_HOME", "/nowhere"))) {
      assertThat(dev.awaitExit()).isEqualTo(1);
      assertThat(dev.output()).contains("/nowhere", "JDK 17", "KNATTER_CASSANDRA_CONTACT_POINTS");
      assertThat(dev.leftBehind()).isEmpty();
    }
  }

  @Test
  void unknownLevelOfTheLog_isNamed() throws Exception {
    try (
        DevProcess dev = DevProcess.start(data, Ports.free(), Map.of("KNATTER_LOG_LEVEL", "loud"))) {
      assertThat(dev.awaitExit()).isEqualTo(1);
      assertThat(dev.output()).contains("KNATTER_LOG_LEVEL must be").doesNotContain("is starting");
    }
  }

  @Test
  void unknownOption_isRefused() throws Exception {
    try (DevProcess dev = DevProcess.start(data, Ports.free(), Map.of(), "--frehs")) {
      assertThat(dev.awaitExit()).isEqualTo(2);
      assertThat(dev.output()).contains("--fresh");
    }
  }

  private static void awaitMillis(int millis) {
    long end = System.nanoTime() + millis * 1_000_000L;
    await().until(() -> System.nanoTime() >= end);
  }
}
