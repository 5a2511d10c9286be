package dev.knatter.functions.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import dev.knatter.chat.account.DeviceKey;
import dev.knatter.chat.account.PhoneNumbers;
import dev.knatter.chat.account.PublicKeys;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.shared.token.Identity;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsersTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final String NUMBER = "+442071838750";
  private static Installation installation;
  private static Pod pod;
  private static Identity ada;
  private static Identity grace;

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    installation = Installation.on(stores, keys);
    pod = installation.start(UsersEndpoints::endpoints);
    ada = installation.register("ada");
    grace = installation.register("grace");
    stores.session()
      .execute("UPDATE users SET display_name = 'Ada Lovelace' WHERE user_id = ?", ada.userId());
    PublicKeys publicKeys = new PublicKeys(installation.stores().cassandra());
    publicKeys.put(ada.userId(), new DeviceKey("phone-1", "X25519", "AAAA", "telephone"));
    publicKeys.put(ada.userId(), new DeviceKey("laptop-1", "Ed25519", "BBBB", null));
    new PhoneNumbers(installation.stores().cassandra()).change(ada.userId(), "ada", NUMBER);
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

  private static Answer user(String name) {
    return pod.get("/v1/users/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"),
        "Authorization", installation.authorization(grace));
  }

  private static Answer lookup(Object body) {
    return pod.post("/v1/users/lookup", body, "Authorization", installation.authorization(grace));
  }

  @Test
  void user_byName_isWhatOthersMayKnow() {
    Answer answer = user("Ada");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().toString()).isEqualTo("{\"userId\":\"" + ada.userId()
        + "\",\"username\":\"ada\",\"displayName\":\"Ada Lovelace\",\"publicKeys\":["
        + "{\"keyId\":\"laptop-1\",\"algorithm\":\"Ed25519\",\"publicKey\":\"BBBB\"},"
        + "{\"keyId\":\"phone-1\",\"algorithm\":\"X25519\",\"publicKey\":\"AAAA\",\"device\":\"telephone\"}]}");
    assertThat(answer.header("RateLimit-Policy")).contains("\"users\";q=120;w=600");
  }

  @Test
  void user_withNothingButAName_hasAnEmptyListOfKeys() {
    assertThat(user("grace").body().toString()).isEqualTo(
        "{\"userId\":\"" + grace.userId() + "\",\"username\":\"grace\",\"publicKeys\":[]}");
  }

  @Test
  void user_byPhoneNumber_isTheSame() {
    Answer answer = lookup(Map.of("phoneNumber", NUMBER));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(user("ada").body());
    assertThat(answer.http().body()).doesNotContain(NUMBER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "x", "ada ", ".ada", "\u212aelvin", "a/b", "a\u0000b",
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
  void user_whomNobodyIs_is404(String name) {
    Answer answer = user(name);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:not-found");
    assertThat(answer.http().body()).isEqualTo(user("nobody").http().body());
  }

  @Test
  void number_thatLeadsToNobody_is404() {
    Answer answer = lookup(Map.of("phoneNumber", "+442071838751"));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.http().body()).isEqualTo(user("nobody").http().body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"phoneNumber\":null}", "{\"phoneNumber\":\"\"}",
      "{\"phoneNumber\":\"442071838750\"}", "{\"phoneNumber\":\"+0123456789\"}",
      "{\"phoneNumber\":\"+44 2071838750\"}", "{\"phoneNumber\":\"+1234567890123456\"}",
      "{\"phoneNumber\":442071838750}"})
  void number_thatIsNone_is400(String body) {
    Answer answer = lookup(body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.pointer()).isEqualTo("/phoneNumber");
    assertThat(answer.http().body()).doesNotContain("2071838750");
  }

  @Test
  void unknownField_is400() {
    assertThat(lookup(Map.of("phoneNumber", NUMBER, "username", "ada")).status()).isEqualTo(400);
    assertThat(pod.get("/v1/users/ada?keys=1", "Authorization", installation.authorization(grace)).status())
      .isEqualTo(400);
  }

  @Test
  void stranger_is401() {
    assertThat(pod.get("/v1/users/ada").status()).isEqualTo(401);
    assertThat(pod.post("/v1/users/lookup", Map.of("phoneNumber", NUMBER)).status()).isEqualTo(401);
  }

  @Test
  void whoLooksForMoreNumbersThanHisLimit_is429AndOthersGoOn() {
    for (int i = 0; i < RateLimit.LOOKUP.capacity(); i++) {
      assertThat(lookup(Map.of("phoneNumber", "+4420718387" + (10 + i))).status()).isEqualTo(404);
    }
    Answer refused = lookup(Map.of("phoneNumber", NUMBER));

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.http().headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 60L);
    assertThat(user("ada").status()).as("has a limit of its own").isEqualTo(200);
    assertThat(pod.post("/v1/users/lookup", Map.of("phoneNumber", NUMBER), "Authorization",
        installation.authorization(ada))
      .status()).isEqualTo(200);
  }

  @Test
  void whoLooksForMoreNamesThanHisLimit_is429() {
    installation.useUp(RateLimit.USERS, grace.userId().toString());
    // Some come back meanwhile: a machine may be slow.
    assertThat(Stream.generate(() -> user("nobody").status())
      .limit(RateLimit.USERS.capacity())
      .filter(status -> status != 404)
      .findFirst()).contains(429);
    assertThat(lookup(Map.of("phoneNumber", NUMBER)).status()).as("has a limit of its own").isEqualTo(200);
  }

  @Test
  void redisAway_namesAreAnsweredAndNumbersAreNot() {
    stores.redis().cut();
    assertThat(user("ada").status()).isEqualTo(200);
    assertThat(lookup(Map.of("phoneNumber", NUMBER)).status()).as("nobody counts").isEqualTo(503);
  }

  @Test
  void cassandraStalled_is503Soon() {
    stores.cassandra().stall();
    assertThat(Answer.soon(() -> user("grace")).status()).isEqualTo(503);
    assertThat(Answer.soon(() -> lookup(Map.of("phoneNumber", NUMBER))).status()).isEqualTo(503);
  }
}
