package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.OnProcesses;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Client;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What users tell of themselves, and how they are found. */
@OnProcesses
final class ProfilesTest {
  private static final Map<String, String> KEY = Map.of("algorithm", "X25519", "publicKey",
      "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=", "device", "Ada's telephone 📱");

  private final Deployment deployment;
  private final User ada;
  private final User grace;

  ProfilesTest(Deployment deployment) {
    this.deployment = deployment;
    this.ada = User.create(deployment);
    this.grace = User.create(deployment);
  }

  private static Answer find(User caller, String name) {
    return caller.exchange(Request.get("/v1/users/" + name));
  }

  private static Answer lookUp(User caller, String number) {
    return caller.exchange(Request.post("/v1/users/lookup").json(Map.of("phoneNumber", number)));
  }

  private static Answer change(User caller, Map<String, ?> fields) {
    return caller.exchange(Request.of("PATCH", "/v1/me").json(fields));
  }

  private static Answer me(User caller) {
    return caller.exchange(Request.get("/v1/me"));
  }

  private static Answer putKey(User caller, String keyId) {
    return caller.exchange(Request.of("PUT", "/v1/me/keys/" + keyId).json(KEY));
  }

  private static String freeNumber() {
    return "+999" + ThreadLocalRandom.current().nextLong(10_000_000_000L, 99_999_999_999L);
  }

  @Test
  void user_lookedUpByName_isFoundWithProfileAndKeys() {
    String name = Secrets.text("Ada 👩‍💻");
    assertThat(change(ada, Map.of("displayName", name)).status()).isEqualTo(200);
    assertThat(putKey(ada, "phone-1").status()).isEqualTo(204);

    Answer found = find(grace, ada.name().toUpperCase(Locale.ROOT));
    assertThat(found.status()).isEqualTo(200);
    assertThat(found.text("userId")).isEqualTo(ada.id());
    assertThat(found.text("username")).isEqualTo(ada.name());
    assertThat(found.text("displayName")).isEqualTo(name);
    JsonNode key = found.json().path("publicKeys").get(0);
    assertThat(key.path("keyId").asString()).isEqualTo("phone-1");
    KEY.forEach((member, value) -> assertThat(key.path(member).asString()).isEqualTo(value));
  }

  @Test
  void user_unknown_is404() {
    Answer answer = find(grace, User.freeName());
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.problem()).isEqualTo("not-found");
    assertThat(lookUp(grace, freeNumber()).body()).isEqualTo(answer.body());
  }

  @Test
  void user_lookedUpByPhoneNumber_isFoundUntilTheNumberIsRemoved() {
    String number = freeNumber();
    assertThat(lookUp(grace, number).status()).isEqualTo(404);
    assertThat(change(ada, Map.of("phoneNumber", number)).text("phoneNumber")).isEqualTo(number);
    Answer found = lookUp(grace, number);
    assertThat(found.json()).isEqualTo(find(grace, ada.name()).json());
    assertThat(found.body()).doesNotContain(number);

    Answer removed = ada.exchange(Request.of("PATCH", "/v1/me").jsonText("{\"phoneNumber\":null}"));
    assertThat(removed.status()).isEqualTo(200);
    assertThat(lookUp(grace, number).status()).isEqualTo(404);
  }

  @Test
  void phoneNumber_ofAnotherUser_staysTheirsAndTellsNothing() {
    String number = freeNumber();
    String second = User.freeName();
    String password = Secrets.text("password");
    assertThat(change(ada, Map.of("phoneNumber", number)).status()).isEqualTo(200);
    assertThat(Client.exchange(deployment, Request.post("/v1/register")
      .json(Map.of("username", second, "password", password, "phoneNumber", number))).status())
      .isEqualTo(201);
    User eve = User.login(deployment, second, password);

    assertThat(me(eve).text("phoneNumber")).isEqualTo(number);
    assertThat(lookUp(grace, number).text("userId")).isEqualTo(ada.id());
  }

  @Test
  void profile_isThatOfTheCaller() {
    Answer profile = me(ada);
    assertThat(profile.status()).isEqualTo(200);
    assertThat(profile.text("userId")).isEqualTo(ada.id());
    assertThat(change(ada, Map.of()).body()).isEqualTo(profile.body());
    assertThat(
        ada.exchange(Request.of("PATCH", "/v1/me").form("displayName", "Ada & Co.")).text("displayName"))
      .isEqualTo("Ada & Co.");
  }

  @Test
  void key_ofALogin_isOneOfTheUsersKeys() {
    assertThat(putKey(ada, "laptop").status()).isEqualTo(204);
    Answer login = Client.exchange(deployment, Request.post("/v1/login")
      .json(Map.of("username", ada.name(), "password", ada.password(), "device",
          Map.of("name", "phone", "keyId", "phone-1", "algorithm", "X25519", "publicKey",
              KEY.getOrDefault("publicKey", "")))));
    assertThat(login.status()).isEqualTo(200);
    deployment.secrets().add(login.text("refreshToken"));
    assertThat(keyIds(find(grace, ada.name()))).containsExactly("laptop", "phone-1");

    assertThat(ada.exchange(Request.of("DELETE", "/v1/me/keys/phone-1")).status()).isEqualTo(204);
    assertThat(keyIds(me(ada))).containsExactly("laptop");
  }

  @Test
  void key_inEitherAlphabetAndWithoutPadding_isAnsweredInOneForm() {
    assertThat(ada.exchange(Request.of("PUT", "/v1/me/keys/phone-1")
      .json(Map.of("algorithm", "X25519", "publicKey", "-_-_-w"))).status()).isEqualTo(204);
    assertThat(find(grace, ada.name()).json().at("/publicKeys/0/publicKey").asString()).isEqualTo("+/+/+w==");
  }

  private static Iterable<String> keyIds(Answer answer) {
    return answer.json().path("publicKeys").valueStream().map(key -> key.path("keyId").asString()).toList();
  }

  @Test
  void key_afterTheTenth_is403ForALoginToo() {
    for (int i = 0; i < 10; i++) {
      assertThat(putKey(ada, "key-" + i).status()).isEqualTo(204);
    }
    assertThat(putKey(ada, "another").status()).isEqualTo(403);
    Answer login = Client.exchange(deployment, Request.post("/v1/login")
      .json(Map.of("username", ada.name(), "password", ada.password(), "device",
          Map.of("keyId", "another", "algorithm", "X25519", "publicKey", "AAAA"))));
    assertThat(login.status()).isEqualTo(403);
    assertThat(login.problem()).isEqualTo("forbidden");
  }

  @Test
  void message_encryptedToAKey_isReadAsItWasSent() {
    assertThat(putKey(grace, "phone-1").status()).isEqualTo(204);
    String keyId = keyIds(find(ada, grace.name())).iterator().next();
    Map<String, String> message = Map.of("to", grace.name(), "content", "c2VjcmV0IGFuZCBvcGFxdWU=",
        "contentType", "application/vnd.knatter.encrypted", "keyId", keyId);
    Answer sent = ada.send(message);
    assertThat(sent.status()).isEqualTo(201);

    JsonNode read = grace.exchange(User.reading("with", ada.name())).json().path("messages").get(0);
    assertThat(read).isEqualTo(sent.json());
    for (String member : new String[]{"content", "contentType", "keyId"}) {
      assertThat(read.path(member).asString()).isEqualTo(message.get(member));
    }
  }

  @Test
  void password_change_needsTheCurrentPassword() {
    String wanted = Secrets.text("another password 🔑");
    Answer wrong = password(Secrets.text("wrong password"), wanted);
    assertThat(wrong.status()).isEqualTo(403);
    assertThat(wrong.problem()).isEqualTo("forbidden");
    for (int attempt = 0; attempt < 2; attempt++) { // the second as after an answer that was lost
      assertThat(password(ada.password(), wanted).status()).isEqualTo(204);
    }
    assertThat(Client.exchange(deployment, User.credentials(ada.name(), ada.password())).status())
      .isEqualTo(401);
    assertThat(User.login(deployment, ada.name(), wanted).id()).isEqualTo(ada.id());
    assertThat(me(ada).status()).as("the session that changed it goes on").isEqualTo(200);
  }

  private Answer password(String current, String wanted) {
    return ada.exchange(Request.of("PUT", "/v1/me/password").json(Map.of("current", current, "new", wanted)));
  }
}
