package dev.knatter.functions.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import dev.knatter.chat.account.PublicKeys;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.shared.token.Identity;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's profile, keys and blocks. */
final class AccountTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final Map<String, String> KEY = Map.of("algorithm", "X25519", "publicKey",
      "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=", "device", "Ada's telephone 📱");
  private static final Random random = new Random(6);
  private static Installation installation;
  private static Pod pod;

  private final Identity ada = register("ada");
  private final Identity grace = register("grace");

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    installation = Installation.on(stores, keys);
    pod = installation.start(AccountEndpoints::endpoints);
  }

  @AfterEach
  void restore() {
    stores.cassandra().restore();
    stores.redis().restore();
    installation.awaitStores(pod);
  }

  @AfterAll
  static void close() {
    pod.close();
    installation.close();
  }

  /** A user of this test alone. */
  private static Identity register(String name) {
    return installation.register(name + "-" + Long.toHexString(random.nextLong()));
  }

  private static Answer ask(Identity caller, String method, String path, Object body) {
    return pod.send(method, path, body, "Authorization", installation.authorization(caller));
  }

  private static Answer me(Identity caller) {
    return ask(caller, "GET", "/v1/me", "");
  }

  private static void isDone(Answer answer) {
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.http().body()).isEmpty();
  }

  @Test
  void profile_ofANewAccount_isItsName() {
    Answer answer = me(ada);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().propertyNames()).containsExactlyInAnyOrder("userId", "username", "createdAt",
        "readReceipts", "showLastSeen", "publicKeys");
    assertThat(answer.text("userId")).isEqualTo(ada.userId().toString());
    assertThat(answer.text("username")).isEqualTo(ada.username());
    assertThat(answer.body().path("publicKeys").isEmpty()).isTrue();
  }

  @Test
  void profile_isChangedWhereItIsNamedAndElseStays() {
    String number = number();
    Answer both = ask(ada, "PATCH", "/v1/me", Map.of("displayName", "Ada 👩‍💻", "phoneNumber", number));
    assertThat(both.status()).isEqualTo(200);
    assertThat(both.text("displayName")).isEqualTo("Ada 👩‍💻");
    assertThat(both.text("phoneNumber")).isEqualTo(number);
    assertThat(me(ada).body()).isEqualTo(both.body());

    Answer one = ask(ada, "PATCH", "/v1/me", "{\"displayName\":null}");
    assertThat(one.body().has("displayName")).isFalse();
    assertThat(one.text("phoneNumber")).isEqualTo(number);
    Answer none = ask(ada, "PATCH", "/v1/me", "{}");
    assertThat(none.body()).isEqualTo(one.body());
    Answer removed = ask(ada, "PATCH", "/v1/me", "{\"phoneNumber\":null}");
    assertThat(removed.body().has("phoneNumber")).isFalse();
    assertThat(me(ada).body()).isEqualTo(removed.body());
  }

  @Test
  void readReceipts_areShownUntilTheUserOptsOut() {
    assertThat(me(ada).body().path("readReceipts").asBoolean()).isTrue();
    Answer out = ask(ada, "PATCH", "/v1/me", Map.of("readReceipts", false));
    assertThat(out.body().path("readReceipts").asBoolean()).isFalse();
    assertThat(ask(ada, "PATCH", "/v1/me", "{}").body()).isEqualTo(out.body());
    assertThat(
        ask(ada, "PATCH", "/v1/me", Map.of("readReceipts", true)).body().path("readReceipts").asBoolean())
      .isTrue();
  }

  @Test
  void profile_changedByAForm_isChanged() {
    Answer answer = pod.send("PATCH", "/v1/me", "displayName=Ada+%26+Co.", "Authorization",
        installation.authorization(ada), "Content-Type", "application/x-www-form-urlencoded");
    assertThat(answer.text("displayName")).isEqualTo("Ada & Co.");
  }

  @Test
  void numberOfSomebodyElse_isAnsweredAsIfItWereFree() {
    Map<String, String> change = Map.of("phoneNumber", number());
    Answer first = ask(ada, "PATCH", "/v1/me", change);
    Answer second = ask(grace, "PATCH", "/v1/me", change);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.text("phoneNumber")).isEqualTo(first.text("phoneNumber"));
    assertThat(me(grace).text("phoneNumber")).isEqualTo(first.text("phoneNumber"));
  }

  private static String number() {
    return "+1555" + (1_000_000 + random.nextInt(9_000_000));
  }

  @ParameterizedTest
  @CsvSource(quoteCharacter = '`', value = {"{\"displayName\":\"\"},/displayName",
      "{\"displayName\":\" \"},/displayName", "{\"displayName\":\"a\\nb\"},/displayName",
      "{\"displayName\":\"\u200b\u3164\"},/displayName", "{\"displayName\":\"a\u2028b\"},/displayName",
      "{\"displayName\":1},/displayName", "{\"displayName\":{}},/displayName",
      "{\"displayName\":\"\\ud800\"},/displayName", "{\"phoneNumber\":\"0123\"},/phoneNumber",
      "{\"phoneNumber\":false},/phoneNumber", "{\"readReceipts\":\"no\"},/readReceipts",
      "{\"readReceipts\":0},/readReceipts", "{\"username\":\"eve\"},/username", "[],``", "null,``", "{,``"})
  void profileThatIsNone_is400AndNamesWhere(String body, String pointer) {
    Answer answer = ask(ada, "PATCH", "/v1/me", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:invalid-request");
    assertThat(answer.pointer()).isEqualTo(pointer);
  }

  @Test
  void key_isThereUntilItIsDeleted() {
    isDone(ask(ada, "PUT", "/v1/me/keys/phone-1", KEY));
    isDone(ask(ada, "PUT", "/v1/me/keys/phone-1", KEY));
    isDone(ask(ada, "PUT", "/v1/me/keys/laptop",
        Map.of("algorithm", "ECDH-ES+A256KW", "publicKey", "AAAA")));
    assertThat(me(ada).body().path("publicKeys").toString()).isEqualTo(
        "[{\"keyId\":\"laptop\",\"algorithm\":\"ECDH-ES+A256KW\",\"publicKey\":\"AAAA\"},"
            + "{\"keyId\":\"phone-1\",\"algorithm\":\"X25519\",\"publicKey\":\"" + KEY.get("publicKey")
            + "\",\"device\":\"Ada's telephone 📱\"}]");
    isDone(ask(ada, "DELETE", "/v1/me/keys/phone-1", ""));
    isDone(ask(ada, "DELETE", "/v1/me/keys/phone-1", ""));
    isDone(ask(ada, "DELETE", "/v1/me/keys/laptop", ""));
    assertThat(me(ada).body().path("publicKeys").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"+/+/+w==", "+/+/+w", "-_-_-w==", "-_-_-w"})
  void keyInEitherAlphabetPaddedOrNot_isStoredInOneForm(String publicKey) {
    isDone(ask(ada, "PUT", "/v1/me/keys/phone-1", Map.of("algorithm", "X25519", "publicKey", publicKey)));
    assertThat(me(ada).body().at("/publicKeys/0/publicKey").asString()).isEqualTo("+/+/+w==");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%20b", "a%2Fb", "a:b",
      "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"})
  void keyThatNobodyCanHave_cannotBeDeletedEither(String id) {
    Answer answer = ask(ada, "DELETE", "/v1/me/keys/" + id, "");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.pointer()).isEqualTo("/keyId");
  }

  @Test
  void keyAfterTheLastOne_is403() {
    for (int i = 0; i < PublicKeys.MAX; i++) {
      isDone(ask(ada, "PUT", "/v1/me/keys/key-" + i, KEY));
    }
    Answer refused = ask(ada, "PUT", "/v1/me/keys/another", KEY);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text("type")).isEqualTo("urn:knatter:problem:forbidden");
    isDone(ask(ada, "PUT", "/v1/me/keys/key-1", Map.of("algorithm", "Ed25519", "publicKey", "AAAA")));
  }

  @Test
  void key_ofFourKibibytes_isTheLargest() {
    isDone(
        ask(ada, "PUT", "/v1/me/keys/big",
            Map.of("algorithm", "ML-KEM-768", "publicKey", "A".repeat(4_096))));
    Answer larger = ask(ada, "PUT", "/v1/me/keys/big",
        Map.of("algorithm", "ML-KEM-768", "publicKey", "A".repeat(4_100)));
    assertThat(larger.status()).isEqualTo(400);
    assertThat(larger.pointer()).isEqualTo("/publicKey");
  }

  @ParameterizedTest
  @CsvSource(quoteCharacter = '`', value = {"k,{\"publicKey\":\"AAAA\"},/algorithm",
      "k,{\"algorithm\":\"X25519\"},/publicKey", "k,{\"algorithm\":\"\"|\"publicKey\":\"AAAA\"},/algorithm",
      "k,{\"algorithm\":\"X 25519\"|\"publicKey\":\"AAAA\"},/algorithm",
      "k,{\"algorithm\":\"<b>\"|\"publicKey\":\"AAAA\"},/algorithm",
      "k,{\"algorithm\":\"X25519\"|\"publicKey\":\"\"},/publicKey",
      "k,{\"algorithm\":\"X25519\"|\"publicKey\":\"A\"},/publicKey",
      "k,{\"algorithm\":\"X25519\"|\"publicKey\":\"A===\"},/publicKey",
      "k,{\"algorithm\":\"X25519\"|\"publicKey\":\"AA.A\"},/publicKey",
      "k,{\"algorithm\":\"X25519\"|\"publicKey\":\"AAAA\"|\"device\":\"\"},/device",
      "k,{\"algorithm\":\"X25519\"|\"publicKey\":\"AAAA\"|\"device\":\"\u2060\"},/device",
      "k,{\"algorithm\":\"X25519\"|\"publicKey\":\"AAAA\"|\"keyId\":\"k\"},/keyId",
      "k,{\"algorithm\":\"X25519\"|\"publicKey\":\"AAAA\"|\"private\":\"x\"},/private",
      "a%20b,{\"algorithm\":\"X25519\"|\"publicKey\":\"AAAA\"},/keyId",
      "a%2Fb,{\"algorithm\":\"X25519\"|\"publicKey\":\"AAAA\"},/keyId"})
  void keyThatIsNone_is400AndNamesWhere(String id, String body, String pointer) {
    Answer answer = ask(ada, "PUT", "/v1/me/keys/" + id, body.replace('|', ','));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.pointer()).isEqualTo(pointer);
    assertThat(me(ada).body().path("publicKeys").isEmpty()).isTrue();
  }

  @Test
  void block_isListedUntilItIsTakenBack() {
    isDone(ask(ada, "PUT", "/v1/blocks/" + grace.username().toUpperCase(Locale.ROOT), ""));
    isDone(ask(ada, "PUT", "/v1/blocks/" + grace.username(), ""));
    assertThat(ask(ada, "GET", "/v1/blocks", "").body().toString()).isEqualTo(
        "{\"blocks\":[{\"userId\":\"" + grace.userId() + "\",\"username\":\"" + grace.username() + "\"}]}");
    assertThat(ask(grace, "GET", "/v1/blocks", "").body().toString()).isEqualTo("{\"blocks\":[]}");

    isDone(ask(ada, "DELETE", "/v1/blocks/" + grace.username(), ""));
    isDone(ask(ada, "DELETE", "/v1/blocks/" + grace.username(), ""));
    assertThat(ask(ada, "GET", "/v1/blocks", "").body().toString()).isEqualTo("{\"blocks\":[]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE"})
  void block_ofNobody_is404(String method) {
    for (String nobody : new String[]{"nobody", "x", "%C3%A4da"}) {
      assertThat(ask(ada, method, "/v1/blocks/" + nobody, "").status()).isEqualTo(404);
    }
  }

  @Test
  void block_ofOneself_is400() {
    Answer answer = ask(ada, "PUT", "/v1/blocks/" + ada.username(), "");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.pointer()).isEqualTo("/username");
  }

  @Test
  void stranger_is401() {
    Map<String, String> bodies = Map.of("PATCH /v1/me", "{}", "PUT /v1/me/keys/k", "{}");
    for (String operation : List.of("GET /v1/me", "PATCH /v1/me", "PUT /v1/me/keys/k", "DELETE /v1/me/keys/k",
        "GET /v1/blocks", "PUT /v1/blocks/ada", "DELETE /v1/blocks/ada")) {
      String[] words = operation.split(" ", 2);
      assertThat(pod.send(words[0], words[1], bodies.getOrDefault(operation, "")).status()).as(operation)
        .isEqualTo(401);
    }
  }

  @Test
  void accountThatIsGone_is404() {
    Identity gone = new Identity(UUID.randomUUID(), "gone", UUID.randomUUID());
    assertThat(me(gone).status()).isEqualTo(404);
    assertThat(ask(gone, "PATCH", "/v1/me", Map.of("displayName", "Ghost")).status()).isEqualTo(404);
    assertThat(stores.session().execute("SELECT * FROM users WHERE user_id = ?", gone.userId()).one())
      .isNull();
  }

  @Test
  void redisAway_worksAllTheSame() {
    stores.redis().cut();
    isDone(ask(ada, "PUT", "/v1/blocks/" + grace.username(), ""));
    isDone(ask(ada, "PUT", "/v1/me/keys/phone-1", KEY));
  }

  @Test
  void cassandraCut_is503() {
    stores.cassandra().cut();
    assertThat(me(ada).status()).isEqualTo(503);
    assertThat(ask(ada, "PUT", "/v1/blocks/" + grace.username(), "").status()).isEqualTo(503);
    assertThat(ask(ada, "PUT", "/v1/me/keys/phone-1", KEY).status()).isEqualTo(503);
  }
}
