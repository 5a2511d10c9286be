package dev.knatter.functions.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.shared.token.RefreshToken;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins of the page, whose refresh token no script sees. */
final class CookieLoginTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final String PAGE = "https://chat.example.com";
  private static final Map<String, Object> BODY = Map.of("username", "ada", "password", Installation.PASSWORD,
      "cookie", true);
  private static Installation installation;
  private static Pod pod;

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    installation = Installation.on(stores, keys, Map.of("KNATTER_TOKEN_ISSUER", PAGE));
    pod = installation.start(LoginEndpoints::endpoints);
    installation.register("ada");
  }

  @AfterAll
  static void close() {
    pod.close();
    installation.close();
  }

  @Test
  void login_fromThePage_hasTheRefreshTokenInACookieAndNowhereElse() {
    Answer answer = pod.post("/v1/login", BODY, "Origin", PAGE);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().propertyNames()).containsExactlyInAnyOrder("tokenType", "accessToken",
        "expiresIn", "refreshExpiresIn", "userId", "sessionId");
    String cookie = answer.header("Set-Cookie").orElseThrow();
    assertThat(cookie).matches("__Secure-knatter-refresh=[A-Za-z0-9_-]+; Path=/v1/refresh; Max-Age=2592000; "
        + "HttpOnly; SameSite=Strict; Secure");
    String token = cookie.replaceAll("^[^=]+=([^;]+);.*", "$1");
    assertThat(RefreshToken.parse(token).sessionId()).hasToString(answer.text("sessionId"));
    assertThat(answer.header("Cache-Control")).contains("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "https://evil.example", "http://chat.example.com",
      "https://www.example.com",
      "https://chat.example.com:8443", "https://chat.example.com.evil.example", "http://127.0.0.1:8080"})
  void login_fromAnotherPage_is403WithoutACookie(String origin) {
    Answer answer = pod.post("/v1/login", BODY, "Origin", origin);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("Set-Cookie")).isEmpty();
  }

  @Test
  void login_fromNowhere_is403() {
    assertThat(pod.post("/v1/login", BODY).status()).isEqualTo(403);
  }

  /** A page of another site can send a form without being asked. */
  @Test
  void login_byAForm_is400() {
    Answer answer = pod.send("POST", "/v1/login",
        "username=ada&password=" + Installation.PASSWORD.replace(" ", "+") + "&cookie=true", "Origin", PAGE,
        "Content-Type", "application/x-www-form-urlencoded");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.http().body()).contains("/cookie");
    assertThat(answer.header("Set-Cookie")).isEmpty();
  }

  @Test
  void login_withoutTheWishForACookie_setsNone() {
    Answer answer = pod.post("/v1/login", Map.of("username", "ada", "password", Installation.PASSWORD,
        "cookie", false), "Origin", PAGE);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("refreshToken")).isNotEmpty();
    assertThat(answer.header("Set-Cookie")).isEmpty();
  }
}
