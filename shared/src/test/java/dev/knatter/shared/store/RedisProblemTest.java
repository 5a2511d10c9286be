package dev.knatter.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.knatter.embedded.EmbeddedRedis;
import dev.knatter.shared.Env;
import dev.knatter.testing.CapturedLog;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log says when Redis cannot be used. A real Redis refuses commands or is not there. */
final class RedisProblemTest {
  private static final Script COUNT = new Script("return {redis.call('INCR', KEYS[1])}");

  @TempDir
  Path folder;

  @AutoClose
  private CapturedLog log = new CapturedLog();

  private EmbeddedRedis redis(String... lines) {
    return EmbeddedRedis.start(folder, 0, _ -> {}, List.of(lines));
  }

  private EmbeddedRedis withPassword() throws IOException {
    EmbeddedRedis redis = redis();
    RawRedis.send(redis, "CONFIG SET requirepass s3cret");
    return redis;
  }

  private static Redis client(String url, String... more) {
    Map<String, String> env = new HashMap<>(Map.of("KNATTER_REDIS_URL", url));
    for (int i = 0; i < more.length; i += 2) {
      env.put(more[i], more[i + 1]);
    }
    return Redis.open(RedisSettings.from(Env.of(env)));
  }

  private static Optional<List<Object>> count(Redis redis) {
    return redis.eval(COUNT, List.of("key"));
  }

  private void says(Redis redis, String... words) {
    await().untilAsserted(() -> assertThat(redis.isUp()).contains(false));
    assertThat(log.lines("WARN dev.knatter")).hasSize(1)
      .first()
      .asString()
      .contains("Redis cannot be used")
      .contains(words);
  }

  @Test
  void passwordThatIsWanted_isNamedAtTheStart_once_andItsEndToo() throws Exception {
    try (EmbeddedRedis server = withPassword(); Redis redis = client(server.url())) {
      says(redis, "NOAUTH", "KNATTER_REDIS_PASSWORD");
      for (int i = 0; i < 100; i++) {
        assertThat(count(redis)).isEmpty();
      }
      says(redis, "NOAUTH");
      RawRedis.send(server, "AUTH s3cret", "CONFIG SET requirepass \"\"");
      await().untilAsserted(() -> assertThat(count(redis)).isPresent());
      assertThat(redis.isUp()).contains(true);
      assertThat(log.lines("Redis")).hasSize(2).last().asString().contains("can be used again");
    }
  }

  @Test
  void passwordThatIsWrong_isNamedAtTheStart_andNotShown() throws Exception {
    try (EmbeddedRedis server = withPassword();
        Redis redis = client(server.url(), "KNATTER_REDIS_PASSWORD", "gue55ed")) {
      says(redis, "refuses the password", "KNATTER_REDIS_PASSWORD");
      assertThat(log.lines()).noneMatch(line -> line.contains("gue55ed") || line.contains("s3cret"));
    }
  }

  /** Redis in protected mode refuses clients from other machines, if no address is bound. */
  @Test
  void protectedMode_isNamed() throws Exception {
    try (EmbeddedRedis server = EmbeddedRedis.startProtected(folder, _ -> {});
        Redis redis = client("redis://" + NonLoopbackAddress.address() + ":" + server.port())) {
      says(redis, "protected mode");
    }
  }

  @Test
  void accessListThatForbidsScripts_isNamed_andOtherCommandsDoNotHideIt() throws Exception {
    try (EmbeddedRedis server = redis("user default on nopass ~* &* +@all -evalsha -eval");
        Redis redis = client(server.url())) {
      await().untilAsserted(() -> assertThat(redis.isUp()).contains(true));
      assertThat(count(redis)).isEmpty();
      says(redis, "NOPERM", "ACL");
      await().untilAsserted(() -> {
        redis.set("other", "value", Duration.ofMinutes(1));
        assertThat(RawRedis.send(server, "EXISTS other")).isEqualTo("1");
      });
      says(redis, "NOPERM");
      RawRedis.send(server, "ACL SETUSER default +eval +evalsha");
      await().untilAsserted(() -> assertThat(count(redis)).isPresent());
      assertThat(redis.isUp()).contains(true);
    }
  }

  @Test
  void accessListThatForbidsListening_isNamed_untilItDoesNot() throws Exception {
    try (EmbeddedRedis server = redis("user default on nopass ~* resetchannels +@all");
        Redis redis = client(server.url())) {
      await().untilAsserted(() -> assertThat(redis.isUp()).contains(true));
      var _ = redis.listen("bell", () -> {});
      says(redis, "SUBSCRIBE", "ACL");
      RawRedis.send(server, "ACL SETUSER default allchannels");
      await().untilAsserted(() -> assertThat(redis.isUp()).contains(true));
    }
  }

  @Test
  void sentinelThatKnowsNoSuchPrimary_andServerThatIsNoSentinel_areNamed() {
    try (EmbeddedRedis server = redis();
        EmbeddedRedis sentinel = EmbeddedRedis.startSentinel(folder.resolve("sentinel"), _ -> {},
            List.of())) {
      try (Redis redis = client(sentinel.url(), "KNATTER_REDIS_SENTINEL_MASTER", "chat")) {
        says(redis, "KNATTER_REDIS_SENTINEL_MASTER");
      }
      listenAgain();
      try (Redis redis = client(server.url(), "KNATTER_REDIS_SENTINEL_MASTER", "chat")) {
        says(redis, "no Sentinel", "KNATTER_REDIS_URL");
      }
    }
  }

  @Test
  void memoryThatIsFull_andReplica_areNamedThoughAScriptFails() throws Exception {
    try (EmbeddedRedis server = redis("maxmemory 1"); Redis redis = client(server.url())) {
      await().untilAsserted(() -> assertThat(redis.isUp()).contains(true));
      assertThat(count(redis)).isEmpty();
      says(redis, "OOM", "maxmemory");
      RawRedis.send(server, "CONFIG SET maxmemory 0", "REPLICAOF 127.0.0.1 1");
      await()
        .untilAsserted(() -> assertThat(log.lines("WARN dev.knatter")).hasSizeLessThan(3).anySatisfy(line -> {
          assertThat(count(redis)).isEmpty();
          assertThat(line).contains("READONLY", "KNATTER_REDIS_URL");
        }));
    }
  }

  @Test
  void nobodyThere_isARefusal() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (Redis redis = client("redis://127.0.0.1:" + port)) {
      says(redis, "connection is refused", "KNATTER_REDIS_URL");
    }
  }

  @Test
  void hostThatNobodyKnows_isDns() {
    try (Redis redis = client("redis://nowhere.invalid:6379")) {
      says(redis, "DNS", "KNATTER_REDIS_URL");
    }
  }

  @Test
  void somethingElse_isNoRedis() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      Thread.ofVirtual().start(() -> answerAsHttp(socket));
      try (Redis redis = client("redis://127.0.0.1:" + socket.getLocalPort())) {
        says(redis, "no Redis", "KNATTER_REDIS_URL");
      }
    }
  }

  private static void answerAsHttp(ServerSocket socket) {
    try (Socket client = socket.accept()) {
      client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      var _ = client.getInputStream().read();
    } catch (IOException e) {
      // The client has closed the connection.
    }
  }

  @Test
  void tls_ofAnotherAuthority_orName_orMissingOnEitherSide_isNamed() throws Exception {
    try (EmbeddedRedis server = redis();
        TlsFront front = TlsFront.before(server.port(), folder);
        TlsFront other = TlsFront.named("elsewhere.example.com", server.port(),
            Files.createDirectory(folder.resolve("other")))) {
      try (Redis redis = client("rediss://localhost:" + front.port())) {
        says(redis, "authority that is not trusted", "KNATTER_REDIS_TLS_CA");
      }
      listenAgain();
      try (Redis redis = client("rediss://localhost:" + other.port(), "KNATTER_REDIS_TLS_CA",
          other.certificate())) {
        says(redis, "another host name", "KNATTER_REDIS_URL");
      }
      listenAgain();
      try (Redis redis = client("redis://localhost:" + front.port())) {
        says(redis, "speaks TLS", "KNATTER_REDIS_URL");
      }
    }
  }

  private void listenAgain() {
    log.close();
    log = new CapturedLog();
  }
}
