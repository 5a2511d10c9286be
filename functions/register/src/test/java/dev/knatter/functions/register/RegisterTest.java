package dev.knatter.functions.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.knatter.chat.account.Passwords;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegisterTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final String PASSWORD = "correct horse";
  private static Installation installation;
  private static Pod pod;
  private static Pod other;

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    installation = Installation.on(stores, keys);
    pod = installation.start(RegisterEndpoints::endpoints);
    other = installation.start(RegisterEndpoints::endpoints);
  }

  @BeforeEach
  void awaitStores() {
    stores.cassandra().restore();
    stores.redis().restore();
    installation.awaitStores(pod, other);
  }

  @AfterAll
  static void close() {
    pod.close();
    other.close();
    installation.close();
  }

  private static Answer register(Pod at, Map<String, String> body) {
    return at.post("/v1/register", body);
  }

  private static String hashOf(String username) {
    var row = stores.session()
      .execute("SELECT password_hash FROM accounts WHERE username = ?", username)
      .one();
    assertThat(row).isNotNull();
    return String.valueOf(row == null ? null : row.getString("password_hash"));
  }

  private static boolean stored(String username) {
    return stores.session()
      .execute("SELECT user_id FROM accounts WHERE username = ?", username)
      .one() != null;
  }

  @Test
  void register_newName_is201WithTheAccount() {
    Answer answer = register(pod, Map.of("username", "Ada.Lovelace", "password", PASSWORD, "phoneNumber",
        "+442071838750", "displayName", "Ada Lovelace 👩‍💻"));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(UUID.fromString(answer.text("userId")).version()).isEqualTo(7);
    assertThat(answer.text("username")).isEqualTo("ada.lovelace");
    assertThat(answer.text("createdAt")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(answer.body().propertyNames()).containsExactlyInAnyOrder("userId", "username", "createdAt");
    assertThat(hashOf("ada.lovelace")).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(PASSWORD);
  }

  @Test
  void register_oneNameTwentyTimesAtOnceOnTwoPods_is201OnceAndItsPasswordIsTheOne() throws Exception {
    List<Callable<Integer>> attempts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Pod at = i % 2 == 0 ? pod : other;
      Map<String, String> body = Map.of("username", i % 3 == 0 ? "RACE" : "race", "password",
          "password no. " + i);
      attempts.add(() -> register(at, body).status());
    }
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> one : threads.invokeAll(attempts)) {
        statuses.add(one.get());
      }
    }

    assertThat(statuses).containsOnlyOnce(201).allMatch(status -> status == 201 || status == 409);
    String winner = "password no. " + statuses.indexOf(201);
    assertThat(new Passwords(1).verify(winner, hashOf("race"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"taken", "TAKEN", "Taken"})
  void register_takenName_is409AndTheFirstPasswordStays(String name) {
    register(pod, Map.of("username", "taken", "password", PASSWORD));
    Answer answer = register(other, Map.of("username", name, "password", "another password"));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:username-taken");
    assertThat(answer.http().headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(new Passwords(1).verify(PASSWORD, hashOf("taken"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"\u212aelvin, /username", "stra\u00dfe, /username", "\u0130brahim, /username", "ad, /username",
      ".ada, /username", "'ada ', /username", "a\u0000da, /username",
      "aaaaaaaaaabbbbbbbbbbccccccccccddd, /username"})
  void register_nameThatIsNone_is400AndNothingIsStored(String name, String pointer) {
    Answer answer = register(pod, Map.of("username", name, "password", PASSWORD));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.pointer()).isEqualTo(pointer);
    assertThat(answer.body().toString()).doesNotContain(name);
    assertThat(stored("kelvin")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"commoner, Password1", "ada-lovelace, Ada-Lovelace"})
  void register_passwordThatIsGuessedFirst_is400AndNothingIsStored(String name, String password) {
    Answer answer = register(pod, Map.of("username", name, "password", password));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("errors").valueStream().map(error -> error.path("pointer").asString()))
      .containsExactly("/password");
    assertThat(answer.http().body()).doesNotContain(password);
    assertThat(stored(name)).isFalse();
  }

  @Test
  void register_everythingWrong_namesEveryPlaceAndRepeatsNothing() {
    Answer answer = register(pod, Map.of("username", "no such name!", "password", "short7!", "phoneNumber",
        "0123 456", "displayName", "line\nbreak"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("errors").valueStream().map(error -> error.path("pointer").asString()))
      .containsExactlyInAnyOrder("/username", "/password", "/phoneNumber", "/displayName");
    assertThat(answer.http().body()).doesNotContain("no such name", "short7", "0123 456", "break");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"username\":null,\"password\":null}", "{\"username\":\"ada\"}",
      "{\"username\":\"ada\",\"password\":\"1234567\\ud800\"}",
      "{\"username\":\"ada\",\"password\":12345678}",
      "{\"username\":\"ada\",\"password\":\"correct horse\",\"userId\":\"x\"}", "[]", "null", "{"})
  void register_bodyThatIsNone_is400(String json) {
    Answer answer = pod.post("/v1/register", json);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:invalid-request");
  }

  @Test
  void register_passwordsOfAnyUnicode_areHashedWhole() {
    Map<String, String> passwords = Map.of("nul", "\0\0\0\0\0\0\0\0", "planes", "😀🏳️‍🌈𐍈𝄞𠜎🂡🀄💩",
        "longest", "💩".repeat(256),
        "spaces", " ".repeat(8));
    passwords.forEach((name, password) -> {
      assertThat(register(pod, Map.of("username", name, "password", password)).status()).isEqualTo(201);
      assertThat(new Passwords(1).verify(password, hashOf(name))).isTrue();
      assertThat(new Passwords(1).verify(password.substring(0, password.length() - 2), hashOf(name)))
        .isFalse();
    });
    assertThat(register(pod, Map.of("username", "longer", "password", "💩".repeat(257))).status())
      .isEqualTo(400);
  }

  @Test
  void register_numberOfSomebodyElse_is201AllTheSame() {
    Map<String, String> first = Map.of("username", "first", "password", PASSWORD, "phoneNumber",
        "+12025550123");
    Map<String, String> second = Map.of("username", "second", "password", PASSWORD, "phoneNumber",
        "+12025550123");

    assertThat(register(pod, first).status()).isEqualTo(201);
    assertThat(register(pod, second).status()).isEqualTo(201);
  }

  @Test
  void register_redisAway_is201() {
    stores.redis().cut();

    assertThat(register(pod, Map.of("username", "redisless", "password", PASSWORD)).status()).isEqualTo(201);
  }

  @Test
  void register_cassandraCut_is503SoonAndThenWorksAgain() {
    stores.cassandra().cut();
    assertAway("cutter");
    assertBack("cutter");
  }

  @Test
  void register_cassandraStalled_is503SoonAndThenWorksAgain() {
    stores.cassandra().stall();
    assertAway("staller");
    assertBack("staller");
  }

  private static void assertAway(String name) {
    Answer answer = Answer.soon(() -> register(pod, Map.of("username", name, "password", PASSWORD)));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:unavailable");
    assertThat(answer.http().headers().firstValueAsLong("Retry-After")).hasValue(1);
  }

  private static void assertBack(String name) {
    stores.cassandra().restore();
    await().atMost(Duration.ofSeconds(30))
      .until(() -> register(pod, Map.of("username", name + "-again", "password", PASSWORD)).status() != 503);
    assertThat(stored(name + "-again")).isTrue();
  }
}
