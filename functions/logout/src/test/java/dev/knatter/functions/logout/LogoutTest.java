package dev.knatter.functions.logout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import dev.knatter.chat.account.Device;
import dev.knatter.chat.account.Login;
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

final class LogoutTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final String EVERYWHERE = "{\"everywhere\":true}";
  private static Installation installation;
  private static Pod pod;
  private static Pod another;

  private Identity ada;
  private Login here;
  private Login there;

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    installation = Installation.on(stores, keys);
    pod = installation.start(LogoutEndpoints::endpoints);
    another = installation.start(LogoutEndpoints::endpoints);
  }

  @BeforeEach
  void logIn() {
    stores.cassandra().restore();
    installation.awaitStores(pod, another);
    ada = installation.register("u" + UUID.randomUUID().toString().substring(0, 8));
    here = login();
    there = login();
  }

  @AfterAll
  static void close() {
    pod.close();
    another.close();
    installation.close();
  }

  private Login login() {
    return installation.login(ada, Device.UNKNOWN);
  }

  private static Answer logout(Pod at, Login login, Object body) {
    return at.post("/v1/logout", body, "Authorization", "Bearer " + login.accessToken());
  }

  private List<UUID> open() {
    return stores.session()
      .execute("SELECT session_id FROM sessions WHERE user_id = ?", ada.userId())
      .all()
      .stream()
      .map(row -> row.getUuid("session_id"))
      .toList();
  }

  /** Whoever is let in ends nothing by it that has not ended. */
  private static void isNoticed(Pod at, Login ended) {
    await().untilAsserted(() -> {
      Answer answer = logout(at, ended, "{}");
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate").orElseThrow()).contains("error=\"invalid_token\"");
    });
  }

  @Test
  void logout_ofOneSession_endsItAndNoOther() {
    Answer answer = logout(pod, here, "{}");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.http().body()).isEmpty();
    assertThat(open()).containsExactly(there.identity().sessionId());
    isNoticed(another, here);
    assertThat(logout(pod, there, "{\"everywhere\":false}").status()).isEqualTo(204);
    assertThat(open()).isEmpty();
  }

  @Test
  void logout_ofAPage_removesItsCookie() {
    Answer answer = logout(pod, here, "{\"cookie\":true}");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Set-Cookie")).contains(
        "__Secure-knatter-refresh=; Path=/v1/refresh; Max-Age=0; HttpOnly; SameSite=Strict; Secure");
    assertThat(logout(pod, there, "{}").header("Set-Cookie")).isEmpty();
  }

  @Test
  void logout_everywhere_endsAllSessions() {
    assertThat(logout(pod, here, EVERYWHERE).status()).isEqualTo(204);

    assertThat(open()).isEmpty();
    isNoticed(another, here);
    isNoticed(another, there);
  }

  @Test
  void logout_ofMoreSessionsThanGoAtOnce_endsAll() {
    installation.copySession(here, 120);
    assertThat(open()).hasSize(122);

    assertThat(logout(pod, here, EVERYWHERE).status()).isEqualTo(204);

    assertThat(open()).isEmpty();
  }

  @Test
  void logout_againByAPodThatHasNotNoticed_is204() {
    Answer _ = logout(pod, here, "{}");
    // The session's row is gone; its revocation may have been what failed the first time.
    stores.session().execute("TRUNCATE revocations");
    try (Pod third = installation.start(LogoutEndpoints::endpoints)) {
      assertThat(logout(third, here, "{}").status()).isEqualTo(204);
      isNoticed(third, here);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{", "{\"everywhere\":1}", "{\"everywhere\":\"true\"}", "{\"here\":true}",
      "true"})
  void logout_bodyThatIsNone_is400AndNothingEnds(String body) {
    Answer answer = logout(pod, here, body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:invalid-request");
    assertThat(open()).hasSize(2);
  }

  @Test
  void logout_withoutAnAccessToken_is401AndNothingEnds() {
    assertThat(pod.post("/v1/logout", "{}").status()).isEqualTo(401);
    assertThat(pod.post("/v1/logout", "{}", "Authorization", "Bearer " + here.refreshToken().text()).status())
      .isEqualTo(401);
    assertThat(open()).hasSize(2);
  }

  @Test
  void logout_tooOften_is429() {
    installation.useUp(RateLimit.LOGOUT, ada.userId().toString());

    // Some come back meanwhile: a machine may be slow.
    assertThat(Stream.generate(() -> logoutOfAnotherSession().status())
      .limit(RateLimit.LOGOUT.capacity())
      .filter(status -> status != 204)
      .findFirst()).contains(429);
  }

  private Answer logoutOfAnotherSession() {
    Identity another = new Identity(ada.userId(), ada.username(), UUID.randomUUID());
    return pod.post("/v1/logout", "{}", "Authorization", installation.authorization(another));
  }

  @Test
  void logout_cassandraStalled_is503SoonAndThenWorksAgain() {
    stores.cassandra().stall();
    assertThat(Answer.soon(() -> logout(pod, here, "{}")).status()).isEqualTo(503);
    stores.cassandra().restore();
    await().atMost(Duration.ofSeconds(30)).until(() -> logout(pod, here, "{}").status() == 204);
    assertThat(open()).containsExactly(there.identity().sessionId());
  }
}
