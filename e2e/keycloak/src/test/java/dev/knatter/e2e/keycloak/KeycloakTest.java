package dev.knatter.e2e.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import dev.knatter.e2e.browser.NeedsChromium;
import dev.knatter.functions.messages.MessagesEndpoints;
import dev.knatter.functions.send.SendEndpoints;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.shared.Env;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** People log in at Keycloak and chat with what they got there. The last test stops it. */
@TestMethodOrder(OrderAnnotation.class)
final class KeycloakTest {
  private static final String ADA = "analytical engine";
  private static final String GRACE = "a nanosecond of wire";

  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private static Keycloak keycloak;
  private static Installation installation;
  private static Pod sending;
  private static Pod reading;
  private static Pod site;

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    keycloak = opened(Keycloak.start());
    installation = opened(Installation.on(stores, keys));
    Map<String, String> variables = new HashMap<>(stores.env());
    variables.put("KNATTER_JWKS_FILE", keys.resolve("jwks.json").toString());
    variables.put("KNATTER_CURSOR_KEY_FILE", keys.resolve("cursor.key").toString());
    variables.put("KNATTER_NAME_KEY_FILE", keys.resolve("name.key").toString());
    variables.put("KNATTER_OIDC_ISSUER", keycloak.issuer());
    variables.put("KNATTER_OIDC_AUDIENCE", "knatter");
    variables.put("KNATTER_OIDC_JWKS_URL", keycloak.jwksUrl());
    sending = opened(new Pod(Env.of(variables), SendEndpoints::endpoints));
    reading = opened(new Pod(Env.of(variables), MessagesEndpoints::endpoints));
    variables.put("KNATTER_OIDC_CLIENT_ID", "chat-app");
    site = opened(new Pod(Env.of(variables), SignInPage::endpoints));
    installation.awaitStores(sending, reading, site);
  }

  private static <T extends AutoCloseable> T opened(T resource) {
    opened.push(resource);
    return resource;
  }

  @AfterAll
  static void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  private static String token(String username, String password) {
    return keycloak.logIn("chat-app", username, password).path("access_token").asString();
  }

  private static Answer send(String token, String to, String content) {
    return sending.post("/v1/send", Map.of("to", to, "content", content), "Authorization", "Bearer " + token);
  }

  private static Answer read(String token, String with) {
    return reading.get("/v1/messages?with=" + with, "Authorization", "Bearer " + token);
  }

  private static String kid(String token) {
    JsonNode header = new JsonMapper()
      .readTree(new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[0]), StandardCharsets.UTF_8));
    return header.path("kid").asString();
  }

  @Test
  @Order(1)
  void whoLogsInThere_writesAndReadsHere() {
    String ada = token("ada", ADA);
    String grace = token("grace", GRACE);
    assertThat(read(grace, "grace").status()).as("Grace has been here").isEqualTo(200);

    Answer sent = send(ada, "grace", "Hello from Keycloak");
    assertThat(sent.status()).as("%s", sent).isEqualTo(201);
    assertThat(sent.text("sender")).isEqualTo("ada");
    Answer page = read(grace, "ada");
    assertThat(page.body().path("messages").path(0).path("content").asString())
      .isEqualTo("Hello from Keycloak");
    assertThat(page.body().path("messages").path(0).path("sender").asString()).isEqualTo("ada");
    UUID user = stores.session()
      .execute("SELECT user_id FROM accounts WHERE username = 'ada'")
      .one()
      .getUuid(0);
    assertThat(stores.session().execute("SELECT display_name FROM users WHERE user_id = ?", user).one())
      .satisfies(row -> assertThat(row.getString("display_name")).isEqualTo("Ada Lovelace"));
  }

  /** By the code flow with PKCE. The tokens are in memory only, so a reload asks Keycloak, and does not ask Ada. */
  @Test
  @Order(2)
  @NeedsChromium
  void page_logsSomebodyInThere() {
    try (SignInPage page = new SignInPage(URI.create("http://127.0.0.1:" + site.port() + "/"))) {
      page.press("Continue with your organization");
      page.find("#username").sendKeys("ada");
      page.find("#password").sendKeys(ADA);
      page.find("#kc-login").click();
      page.find(".layout[data-state=live]");
      assertThat(page.leftBehind()).doesNotContain("eyJ", "code=", "verifier");

      page.open();
      page.find(".layout[data-state=live]");
      page.find("button[aria-label=Settings]").click();
      page.press("Log out");
      page.find("#field-password");
    }
  }

  @Test
  @Order(2)
  void otherTokensOfTheRealm_doNotCount() {
    JsonNode tokens = keycloak.logIn("chat-app", "ada", ADA);
    for (String other : new String[]{tokens.path("id_token").asString(),
        tokens.path("refresh_token").asString(),
        keycloak.logIn("other-app", "ada", ADA).path("access_token").asString()}) {
      assertThat(other).isNotEmpty();
      assertThat(read(other, "grace").status()).isEqualTo(401);
    }
  }

  @Test
  @Order(3)
  void nameThatWasRegisteredHere_isNotHandedOver() {
    installation.register("alan");
    Answer refused = read(token("alan", "halting problem"), "ada");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text("type")).isEqualTo("urn:knatter:problem:username-taken");
  }

  @Test
  @Order(4)
  void newKeyOfTheRealm_countsAtOnceAndTheOldOneStill() {
    String before = token("ada", ADA);
    keycloak.rotateKeys();
    String after = token("ada", ADA);

    assertThat(kid(after)).isNotEqualTo(kid(before));
    assertThat(send(after, "grace", "signed by the new key").status()).isEqualTo(201);
    assertThat(send(before, "grace", "signed by the old key").status()).isEqualTo(201);
  }

  @Test
  @Order(5)
  void keycloakStopped_whoHasATokenGoesOn() {
    String used = token("ada", ADA);
    String unused = token("grace", GRACE);
    assertThat(read(used, "grace").status()).isEqualTo(200);
    keycloak.close();

    assertThat(send(used, "grace", "still here").status()).isEqualTo(201);
    assertThat(send(unused, "ada", "me too").status()).isEqualTo(201);
  }
}
