package dev.knatter.functions.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.account.Passwords;
import dev.knatter.chat.limit.Network;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.TokenVerifier;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoginTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final String PASSWORD = "correct horse 🔑";
  private static Installation installation;
  private static Pod pod;
  private static Identity ada;

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    installation = Installation.on(stores, keys);
    pod = installation.start(LoginEndpoints::endpoints);
    ada = installation.register("ada", PASSWORD);
  }

  @BeforeEach
  void awaitStores() {
    stores.cassandra().restore();
    stores.redis().restore();
    stores.flushRedis();
    installation.awaitStores(pod);
  }

  @AfterAll
  static void close() {
    pod.close();
    installation.close();
  }

  private static Answer login(String name, String password) {
    return login(Map.of("username", name, "password", password));
  }

  private static Answer login(Map<String, ?> body) {
    return pod.post("/v1/login", body);
  }

  private static Answer loginFrom(String address, String name, String password) {
    return pod.post("/v1/login", Map.of("username", name, "password", password), "X-Forwarded-For",
        "203.0.113.200, " + address + ", 10.1.2.3");
  }

  private static Row session(Answer answer) {
    Row row = stores.session()
      .execute("SELECT refresh_hash, generation, device_name, device_address, created_at, last_used_at,"
          + " ttl(refresh_hash) AS ttl FROM sessions WHERE user_id = ? AND session_id = ?", ada.userId(),
          UUID.fromString(answer.text("sessionId")))
      .one();
    if (row == null) {
      throw new AssertionError("no session");
    }
    return row;
  }

  @Test
  void login_rightPassword_is200WithTokensOfANewSession() throws Exception {
    Answer answer = login("Ada", PASSWORD);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().propertyNames()).containsExactlyInAnyOrder("tokenType", "accessToken",
        "expiresIn",
        "refreshToken", "refreshExpiresIn", "userId", "sessionId");
    assertThat(answer.text("tokenType")).isEqualTo("Bearer");
    assertThat(answer.body().path("expiresIn").asInt()).isEqualTo(900);
    assertThat(answer.body().path("refreshExpiresIn").asInt()).isEqualTo(2_592_000);
    assertThat(answer.http().headers().firstValue("Cache-Control")).contains("no-store");
    Identity identity = TokenVerifier.from(installation.env(), Clock.systemUTC())
      .verify(answer.text("accessToken"));
    assertThat(identity)
      .isEqualTo(new Identity(ada.userId(), "ada", UUID.fromString(answer.text("sessionId"))));
    assertThat(answer.text("userId")).isEqualTo(ada.userId().toString());
  }

  @Test
  void login_always_storesTheHashOfTheRefreshTokenForAsLongAsItLives() throws Exception {
    Answer answer = login("ada", PASSWORD);

    byte[] token = Base64.getUrlDecoder().decode(answer.text("refreshToken"));
    Row session = session(answer);
    assertThat(session.getByteBuffer("refresh_hash"))
      .isEqualTo(ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token)));
    assertThat(session.getInt("ttl")).isBetween(2_592_000 - 60, 2_592_000);
    assertThat(session.getInt("generation")).isEqualTo(1);
    assertThat(session.getInstant("last_used_at")).isEqualTo(session.getInstant("created_at"));
    assertThat(login("ada", PASSWORD).text("sessionId")).isNotEqualTo(answer.text("sessionId"));
  }

  @Test
  void login_withDeviceAndKey_storesBoth() {
    Answer answer = login(Map.of("username", "ada", "password", PASSWORD, "device",
        Map.of("name", "Ada's telephone", "address", "fcm:1", "keyId", "phone-1", "algorithm", "X25519",
            "publicKey",
            "hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo")));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(session(answer).getString("device_name")).isEqualTo("Ada's telephone");
    assertThat(session(answer).getString("device_address")).isEqualTo("fcm:1");
    assertThat(stores.session()
      .execute("SELECT key_id, algorithm, public_key, device_name FROM public_keys WHERE user_id = ?",
          ada.userId())
      .all()).singleElement()
      .satisfies(key -> assertThat(key.getFormattedContents()).contains("phone-1", "X25519",
          "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=",
          "Ada''s telephone"));
  }

  @Test
  void login_unknownNameAndWrongPassword_areAnsweredAlike() {
    Answer wrong = login("ada", "wrong password");
    Answer unknown = login("nobody", "wrong password");

    assertThat(wrong.status()).isEqualTo(401);
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.http().body()).isEqualTo(wrong.http().body());
    assertThat(wrong.text("type")).isEqualTo("urn:knatter:problem:unauthenticated");
    assertThat(wrong.http().headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"knatter\"");
    assertThat(unknown.http().headers().map().keySet()).isEqualTo(wrong.http().headers().map().keySet());
  }

  @Test
  void login_whileThePasswordBecomesAnother_is200Or401AndThenLeavesNoSession() throws Exception {
    UUID user = installation.register("changing", PASSWORD).userId();
    String other = new Passwords(1).hash("another password");
    List<Answer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> running = Stream.generate(() -> threads.submit(() -> login("changing", PASSWORD)))
        .limit(4)
        .toList();
      stores.session()
        .execute("UPDATE accounts SET password_hash = ? WHERE username = 'changing' IF EXISTS", other);
      for (Future<Answer> one : running) {
        answers.add(one.get());
      }
    }
    assertThat(answers).extracting(Answer::status).isSubsetOf(200, 401);
    assertThat(stores.session()
      .execute("SELECT session_id FROM sessions WHERE user_id = ?", user)
      .map(row -> String.valueOf(row.getUuid("session_id")))
      .all()).containsExactlyInAnyOrderElementsOf(
          answers.stream()
            .filter(answer -> answer.status() == 200)
            .map(answer -> answer.text("sessionId"))
            .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"keyId\":\"k\"}", "{\"keyId\":\"k\",\"algorithm\":\"X\"}",
      "{\"keyId\":\"k k\",\"algorithm\":\"X\",\"publicKey\":\"AA==\"}",
      "{\"keyId\":\"k\",\"algorithm\":\"X\",\"publicKey\":\"no base64!\"}", "{\"name\":\"\"}",
      "{\"name\":\"\u00ad\"}",
      "{\"name\":\"a\\nb\"}", "{\"address\":\"\\ud800\"}", "{\"nom\":\"x\"}", "[]", "\"phone\""})
  void login_deviceThatIsNone_is400(String device) {
    Answer answer = pod
      .post("/v1/login", "{\"username\":\"ada\",\"password\":\"wrong password\",\"device\":" + device + "}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.pointer()).startsWith("/device");
  }

  @Test
  void login_nameThatFoldsIntoAnother_is400() {
    assertThat(login("ad\u212a", PASSWORD).status()).isEqualTo(400);
  }

  @Test
  void login_afterTenWrongGuesses_is429AndOthersGoOn() {
    installation.register("guessed", PASSWORD);
    for (int i = 0; i < 10; i++) {
      assertThat(login("GUESSED", "wrong guess " + i).status()).isEqualTo(401);
    }
    Answer refused = login("guessed", PASSWORD);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.text("type")).isEqualTo("urn:knatter:problem:rate-limited");
    assertThat(refused.header("Retry-After")).contains("1");
    assertThat(refused.header("RateLimit")).contains("\"login\";r=0;t=1");
    assertThat(login("ada", PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void login_nameThatNobodyHas_isRefusedAlike() {
    for (int i = 0; i < 10; i++) {
      assertThat(login("nobody", "wrong guess " + i).status()).isEqualTo(401);
    }
    // On a slow machine a wait may be over before the next attempt, but each wait is longer than the one before.
    assertThat(Stream.generate(() -> login("nobody", PASSWORD).status())
      .limit(10)
      .takeWhile(status -> status != 429))
      .hasSizeLessThan(10)
      .allMatch(status -> status == 401);
  }

  @Test
  void login_fromWhereOneHasBeenBefore_isNotRefusedBecauseStrangersGuess() {
    installation.register("hunted", PASSWORD);
    assertThat(loginFrom("192.0.2.1", "hunted", PASSWORD).status()).isEqualTo(200);
    for (int i = 0; i < 10; i++) {
      assertThat(loginFrom("198.51.100." + i, "hunted", "wrong guess " + i).status()).isEqualTo(401);
    }

    assertThat(loginFrom("198.51.100.99", "hunted", PASSWORD).status()).isEqualTo(429);
    assertThat(login("hunted", PASSWORD).status()).isEqualTo(429);
    assertThat(loginFrom("192.0.2.1", "hunted", PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void login_addressThatTriesTooOften_is429ForThatAddressAlone() {
    installation.useUp(RateLimit.LOGIN_ADDRESS, Network.of(InetAddress.ofLiteral("2001:db8::")).text());
    Answer refused = Stream.iterate(1, number -> number + 1)
      .limit(RateLimit.LOGIN_ADDRESS.capacity())
      .map(number -> pod.post("/v1/login", "{}", "X-Forwarded-For", "[2001:db8::" + number + "]:" + number))
      .filter(answer -> answer.status() != 400)
      .findFirst()
      .orElseThrow();
    Answer other = loginFrom("[2001:db8:0:100::1]:443", "ada", PASSWORD);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("RateLimit-Policy")).contains("\"login-address\";q=500;w=2500");
    assertThat(refused.header("RateLimit")).hasValueSatisfying(
        value -> assertThat(value).matches("\"login-address\";r=0;t=[1-5]"));
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.header("RateLimit")).contains("\"login-address\";r=499;t=5");
  }

  @Test
  void login_addressThatTheCallerMadeUp_isNotCounted() {
    Answer answer = pod.post("/v1/login", Map.of("username", "ada", "password", PASSWORD), "callerAddress",
        "192.0.2.1", "knatter-network", "192.0.2.1");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("RateLimit")).isEmpty();
  }

  @Test
  void login_redisAway_is200() {
    stores.redis().cut();
    assertThat(login("ada", PASSWORD).status()).isEqualTo(200);
    stores.redis().stall();
    assertThat(login("ada", PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void login_cassandraCut_is503SoonAndThenWorksAgain() {
    stores.cassandra().cut();
    assertAwayAndBack();
  }

  @Test
  void login_cassandraStalled_is503SoonAndThenWorksAgain() {
    stores.cassandra().stall();
    assertAwayAndBack();
  }

  private static void assertAwayAndBack() {
    Answer answer = Answer.soon(() -> login("ada", PASSWORD));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.http().headers().firstValueAsLong("Retry-After")).hasValue(1);
    stores.cassandra().restore();
    await().atMost(Duration.ofSeconds(30)).until(() -> login("ada", PASSWORD).status() == 200);
  }
}
