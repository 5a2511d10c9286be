package dev.knatter.functions.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.knatter.chat.account.Device;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.shared.Env;
import dev.knatter.shared.token.Identity;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Renewals of the page's sessions, by the cookie. */
final class CookieRefreshTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final String PAGE = "https://chat.example.com";
  private static final String NAME = "__Secure-knatter-refresh=";
  private static final String BODY = "{\"cookie\":true}";
  private static Installation installation;
  private static Pod pod;
  private static Identity ada;

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    installation = Installation.on(stores, keys, Map.of("KNATTER_ORIGIN", PAGE));
    pod = installation.start(RefreshEndpoints::endpoints);
    ada = installation.register("ada");
  }

  @AfterAll
  static void close() {
    pod.close();
    installation.close();
  }

  private static String token() {
    return installation.login(ada, Device.UNKNOWN).refreshToken().text();
  }

  private static Answer refresh(String cookies, String origin) {
    return pod.post("/v1/refresh", BODY, "Cookie", cookies, "Origin", origin);
  }

  @Test
  void refresh_byTheCookie_setsTheNextOneAndShowsNone() {
    Answer first = refresh("theme=dark; " + NAME + token() + "; other=1", PAGE);

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body().has("refreshToken")).isFalse();
    assertThat(first.text("accessToken")).isNotEmpty();
    String next = first.header("Set-Cookie").orElseThrow();
    assertThat(next).contains("; Path=/v1/refresh; ", "; HttpOnly; SameSite=Strict; Secure");
    assertThat(refresh(next.substring(0, next.indexOf(';')), PAGE).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "https://evil.example", "https://www.example.com",
      "http://chat.example.com",
      "http://localhost:8080"})
  void refresh_fromAnotherPage_is403AndTheTokenIsGoodStill(String origin) {
    String cookie = NAME + token();

    assertThat(refresh(cookie, origin).status()).isEqualTo(403);
    assertThat(pod.post("/v1/refresh", BODY, "Cookie", cookie).status()).isEqualTo(403);
    assertThat(refresh(cookie, PAGE).status()).isEqualTo(200);
  }

  @Test
  void refresh_byAForm_is400() {
    Answer answer = pod.send("POST", "/v1/refresh", "cookie=true", "Cookie", NAME + token(), "Origin", PAGE,
        "Content-Type", "application/x-www-form-urlencoded");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.http().body()).contains("/cookie");
  }

  /** Or a page could use a cookie that somebody else has asked for by another body. */
  @Test
  void refresh_byABodyWithoutTheWish_doesNotReadTheCookie() {
    assertThat(pod.post("/v1/refresh", "{}", "Cookie", NAME + token(), "Origin", PAGE).status())
      .isEqualTo(400);
  }

  @Test
  void refresh_byBoth_is400() {
    String token = token();
    assertThat(pod.post("/v1/refresh", Map.of("cookie", true, "refreshToken", token), "Origin", PAGE,
        "Cookie", NAME + token)
      .status()).isEqualTo(400);
  }

  @Test
  void refresh_byNoGoodCookie_is401() {
    for (String cookies : List.of("theme=dark", NAME, NAME + "none", "knatter-refresh=" + token(), ";;=")) {
      assertThat(refresh(cookies, PAGE).status()).as(cookies).isEqualTo(401);
    }
    assertThat(pod.post("/v1/refresh", BODY, "Origin", PAGE).status()).isEqualTo(401);
  }

  @Test
  void refresh_inDevelopment_isForPagesOfThisMachineWithoutHttps() {
    Env development = Env.of(Map.of("KNATTER_COOKIES_INSECURE", "true", "KNATTER_SIGNING_KEY_FILE",
        installation.env().require("KNATTER_SIGNING_KEY_FILE")));
    try (Pod local = installation.start((_, stores, guard) -> RefreshEndpoints.endpoints(development, stores,
        guard))) {
      for (String origin : List.of("http://127.0.0.1:8080", "http://localhost", "http://[::1]:1")) {
        Answer answer = local.post("/v1/refresh", BODY, "Cookie", "knatter-refresh=" + token(), "Origin",
            origin);
        assertThat(answer.status()).as(origin).isEqualTo(200);
        assertThat(answer.header("Set-Cookie").orElseThrow()).startsWith("knatter-refresh=")
          .endsWith("; HttpOnly; SameSite=Strict");
      }
      assertThat(local.post("/v1/refresh", BODY, "Cookie", "knatter-refresh=" + token(), "Origin",
          "http://localhost.evil.example")
        .status()).isEqualTo(403);
    }
  }
}
