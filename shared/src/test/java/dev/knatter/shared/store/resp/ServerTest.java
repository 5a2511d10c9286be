package dev.knatter.shared.store.resp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

import dev.knatter.embedded.EmbeddedRedis;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.RedisSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerTest {
  @TempDir
  Path folder;

  private EmbeddedRedis redis() {
    return EmbeddedRedis.start(folder, 0, _ -> {});
  }

  private static Address address(int port) {
    return new Address("127.0.0.1", port, Optional.empty(), Optional.empty());
  }

  private static String echo(Server server, String text) throws IOException, InterruptedException {
    return server.ask("", Command.of("ECHO", text)) instanceof byte[] bytes ? new String(bytes, UTF_8) : "";
  }

  @Test
  void manyAtOnce_eachGetsHisAnswer() throws Exception {
    try (EmbeddedRedis redis = redis();
        Server server = Server.open(address(redis.port()));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int caller = 0; caller < 64; caller++) {
        String prefix = caller + ":";
        answers.add(threads.submit(() -> IntStream.range(0, 100).allMatch(i -> {
          try {
            return echo(server, prefix + i).equals(prefix + i);
          } catch (IOException | InterruptedException e) {
            return false;
          }
        })));
      }
      for (Future<Boolean> answer : answers) {
        assertThat(answer.get()).isTrue();
      }
    }
  }

  @Test
  void megabytes_comeBackWhole() throws Exception {
    try (EmbeddedRedis redis = redis(); Server server = Server.open(address(redis.port()))) {
      String large = "ab\r\n$5é".repeat(1 << 18);
      assertThat(echo(server, large)).isEqualTo(large);
    }
  }

  @Test
  void password_rightOrWrong_letsInOrNot() throws Exception {
    try (EmbeddedRedis redis = redis(); Server before = Server.open(address(redis.port()))) {
      before.ask("", Command.of("CONFIG", "SET", "requirepass", "s3cret"));
      Address open = address(redis.port());
      try (
          Server right = Server
            .open(new Address(open.host(), open.port(), Optional.of("s3cret"), open.tls()));
          Server wrong = Server
            .open(new Address(open.host(), open.port(), Optional.of("guess"), open.tls()))) {
        assertThat(echo(right, "in")).isEqualTo("in");
        assertThatIOException().isThrownBy(() -> echo(wrong, "in"));
      }
    }
  }

  @Test
  void tls_ofATrustedAuthority_isUsed_andOfAnotherRefused() throws Exception {
    try (EmbeddedRedis redis = redis(); TlsFront front = TlsFront.before(redis.port(), folder)) {
      Address secured = new Address("localhost", front.port(), Optional.empty(),
          Optional.of(front.trusting()));
      Address strange = new Address("localhost", front.port(), Optional.empty(),
          Optional.of(SSLContext.getDefault()));
      Address misnamed = new Address("127.0.0.1", front.port(), Optional.empty(),
          Optional.of(front.trusting()));
      try (Server trusted = Server.open(secured)) {
        await().ignoreExceptions()
          .untilAsserted(() -> assertThat(echo(trusted, "secret")).isEqualTo("secret"));
      }
      for (Address refused : List.of(strange, misnamed)) {
        try (Server untrusted = Server.open(refused)) {
          await().untilAsserted(() -> assertThatIOException().isThrownBy(() -> echo(untrusted, "secret"))
            .withCauseInstanceOf(SSLException.class));
        }
      }
    }
  }

  @Test
  void authorityInTheEnvironment_isTrusted() throws Exception {
    try (EmbeddedRedis redis = redis(); TlsFront front = TlsFront.before(redis.port(), folder)) {
      Env env = Env.of(Map.of("KNATTER_REDIS_URL", "rediss://localhost:" + front.port(),
          "KNATTER_REDIS_TLS_CA", front.certificate()));
      try (Redis client = Redis.open(RedisSettings.from(env))) {
        await().until(() -> client.call("", "ECHO", "secret").isPresent());
      }
    }
  }

  /** Three hundred milliseconds before each of two steps, where a caller waits for four hundred. */
  @Test
  void connectionSlowerToMakeThanACallerWaits_isMade() throws Exception {
    try (EmbeddedRedis redis = redis();
        Server before = Server.open(address(redis.port()));
        TlsFront front = TlsFront.before(redis.port(), folder, Duration.ofMillis(300))) {
      before.ask("", Command.of("CONFIG", "SET", "requirepass", "s3cret"));
      Address slow = new Address("localhost", front.port(), Optional.of("s3cret"),
          Optional.of(front.trusting()));
      try (Server server = Server.open(slow); Channels channels = new Channels(() -> slow, _ -> {})) {
        await().ignoreExceptions().untilAsserted(() -> assertThat(echo(server, "in")).isEqualTo("in"));

        AtomicInteger rung = new AtomicInteger();
        Channels.Listener listener = channels.listen("here", rung::incrementAndGet);
        boolean late = !listener.hears();
        await().until(() -> listener.hears() && (!late || rung.get() >= 1));
      }
    }
  }

  @Test
  void refusal_isAnAnswer() throws Exception {
    try (EmbeddedRedis redis = redis(); Server server = Server.open(address(redis.port()))) {
      assertThat(server.ask("", Command.of("NONSENSE"))).isInstanceOf(Refusal.class);
      assertThat(echo(server, "goes on")).isEqualTo("goes on");
    }
  }

  @Test
  void processKilled_failsAtOnce_andTheNextOneIsUsed() throws Exception {
    EmbeddedRedis first = redis();
    try (Server server = Server.open(address(first.port()))) {
      assertThat(echo(server, "1")).isEqualTo("1");
      first.close();
      assertThatIOException().isThrownBy(() -> echo(server, "2"));
      try (EmbeddedRedis _ = EmbeddedRedis.start(folder, first.port(), _ -> {})) {
        assertThat(echo(server, "3")).isEqualTo("3");
      }
    }
  }
}
