package dev.knatter.functions.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.account.Device;
import dev.knatter.chat.account.Login;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.RefreshToken;
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

final class RefreshTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final int LIFETIME = 2_592_000;
  private static Installation installation;
  private static Pod pod;
  private static Pod another;
  private static Identity ada;

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    installation = Installation.on(stores, keys);
    pod = installation.start(RefreshEndpoints::endpoints);
    another = installation.start(RefreshEndpoints::endpoints);
    ada = installation.register("ada");
  }

  @BeforeEach
  void awaitStores() {
    stores.cassandra().restore();
    stores.redis().restore();
    stores.flushRedis();
    installation.awaitStores(pod, another);
  }

  @AfterAll
  static void close() {
    pod.close();
    another.close();
    installation.close();
  }

  private static Login login() {
    return installation.login(ada, new Device("Ada's telephone", "fcm:1", null));
  }

  private static Answer refresh(Pod at, String token) {
    return at.post("/v1/refresh", Map.of("refreshToken", token));
  }

  private static String renewed(String token) {
    Answer answer = refresh(pod, token);
    assertThat(answer.status()).isEqualTo(200);
    return answer.text("refreshToken");
  }

  private static void isRefused(String token) {
    Answer answer = refresh(another, token);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:unauthenticated");
  }

  private static Row row(Login login) {
    List<Row> rows = rows(login);
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  private static List<Row> rows(Login login) {
    return stores.session()
      .execute("SELECT refresh_hash, device_name, device_address, created_at, last_used_at, generation,"
          + " ttl(refresh_hash) AS ttl, ttl(created_at) AS others FROM sessions WHERE user_id = ?"
          + " AND session_id = ?", ada.userId(), login.identity().sessionId())
      .all();
  }

  private static Set<UUID> revoked() {
    return stores.session()
      .execute("SELECT session_id FROM revocations")
      .all()
      .stream()
      .map(row -> row.getUuid("session_id"))
      .collect(Collectors.toSet());
  }

  /** As if the last renewal had been so long ago. */
  private static void pass(Login login, Duration time) {
    stores.session()
      .execute("UPDATE sessions USING TTL 3600 SET last_used_at = ? WHERE user_id = ? AND session_id = ?"
          + " IF EXISTS", Instant.now().minus(time), ada.userId(), login.identity().sessionId());
  }

  @Test
  void refresh_goodToken_is200WithTheNextTokensOfTheSession() {
    Login login = login();

    Answer answer = refresh(pod, login.refreshToken().text());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().propertyNames()).containsExactlyInAnyOrder("tokenType", "accessToken",
        "expiresIn", "refreshToken", "refreshExpiresIn", "userId", "sessionId");
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.text("refreshToken")).isNotEqualTo(login.refreshToken().text());
    assertThat(answer.text("sessionId")).isEqualTo(login.identity().sessionId().toString());
    assertThat(TokenVerifier.from(installation.env(), Clock.systemUTC()).verify(answer.text("accessToken")))
      .isEqualTo(login.identity());
  }

  @Test
  void refresh_goodToken_keepsTheWholeSessionForAnotherThirtyDays() {
    Login login = login();
    Instant created = row(login).getInstant("created_at");
    RefreshToken next = RefreshToken.parse(renewed(login.refreshToken().text()));

    Row row = row(login);
    assertThat(row.getByteBuffer("refresh_hash").array()).isEqualTo(next.hash());
    assertThat(row.getInt("generation")).isEqualTo(2);
    assertThat(row.getString("device_name")).isEqualTo("Ada's telephone");
    assertThat(row.getString("device_address")).isEqualTo("fcm:1");
    assertThat(row.getInstant("created_at")).isEqualTo(created);
    assertThat(row.getInstant("last_used_at")).isAfter(created);
    assertThat(row.getInt("ttl")).isBetween(LIFETIME - 60, LIFETIME);
    assertThat(row.getInt("others")).isBetween(LIFETIME - 60, LIFETIME);
  }

  @Test
  void refresh_manyTimes_eachWithTheLastToken() {
    String token = login().refreshToken().text();
    for (int i = 0; i < 5; i++) {
      token = renewed(token);
    }
    assertThat(RefreshToken.parse(token).generation()).isEqualTo(6);
  }

  @Test
  void refresh_answerWasLost_isTheSameSuccessorForTenSeconds() {
    Login login = login();
    String next = renewed(login.refreshToken().text());

    assertThat(refresh(another, login.refreshToken().text()).text("refreshToken")).isEqualTo(next);
    pass(login, Duration.ofSeconds(8));
    assertThat(refresh(another, login.refreshToken().text()).text("refreshToken")).isEqualTo(next);
    assertThat(renewed(next)).isNotEqualTo(next);
  }

  @Test
  void refresh_answerWasLost_andTheLineIsBackLater_isAnotherSuccessor() {
    Login login = login();
    String lost = renewed(login.refreshToken().text());
    pass(login, Duration.ofMinutes(14));

    String next = renewed(login.refreshToken().text());

    assertThat(next).isNotEqualTo(lost);
    assertThat(renewed(login.refreshToken().text())).isEqualTo(next);
    assertThat(renewed(next)).isNotEqualTo(next);
    assertThat(revoked()).doesNotContain(login.identity().sessionId());
  }

  @Test
  void refresh_replacedSuccessor_is401AndTheSessionEnds() {
    Login login = login();
    String replaced = renewed(login.refreshToken().text());
    pass(login, Duration.ofMinutes(1));
    String next = renewed(login.refreshToken().text());

    isRefused(replaced);

    assertThat(revoked()).contains(login.identity().sessionId());
    isRefused(next);
  }

  @Test
  void refresh_spentTokenAfterAQuarterOfAnHour_is401AndTheSessionEnds() {
    Login login = login();
    String next = renewed(login.refreshToken().text());
    pass(login, Duration.ofMinutes(15));

    isRefused(login.refreshToken().text());

    assertThat(rows(login)).isEmpty();
    assertThat(revoked()).contains(login.identity().sessionId());
    isRefused(next);
  }

  @Test
  void refresh_tokenBeforeTheSpentOne_endsTheSessionAtOnce() {
    Login login = login();
    String last = renewed(renewed(login.refreshToken().text()));

    isRefused(login.refreshToken().text());

    isRefused(last);
    assertThat(revoked()).contains(login.identity().sessionId());
  }

  @Test
  void refresh_twentyTimesAtOnceFromTwoPods_isOneLiveSession() throws Exception {
    Login login = login();
    List<Callable<Answer>> attempts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Pod at = i % 2 == 0 ? pod : another;
      attempts.add(() -> refresh(at, login.refreshToken().text()));
    }
    List<Answer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Answer> attempt : threads.invokeAll(attempts)) {
        answers.add(attempt.get());
      }
    }

    assertThat(answers).extracting(Answer::status).containsOnly(200);
    assertThat(answers).extracting(answer -> answer.text("refreshToken"))
      .containsOnly(
          answers.getFirst().text("refreshToken"));
    assertThat(revoked()).doesNotContain(login.identity().sessionId());
    assertThat(row(login).getInt("generation")).isEqualTo(2);
    String next = renewed(answers.getFirst().text("refreshToken"));
    assertThat(RefreshToken.parse(next).generation()).isEqualTo(3);
  }

  @Test
  void refresh_whateverIsWrongWithTheToken_isAnsweredAlike() {
    Login login = login();
    String good = login.refreshToken().text();
    RefreshToken forged = RefreshToken.mint(ada.userId(), login.identity().sessionId(), 1,
        new SecureRandom());
    Login ended = login();
    stores.session()
      .execute("DELETE FROM sessions WHERE user_id = ? AND session_id = ?", ada.userId(),
          ended.identity().sessionId());
    Answer none = refresh(pod, "none");

    for (String token : List.of(forged.text(), good.substring(1), good + "A",
        good.replace(good.charAt(3), '!'),
        ended.refreshToken().text(), login.accessToken(), "", " ", "\u0000")) {
      Answer answer = refresh(pod, token);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.http().body()).isEqualTo(none.http().body());
      assertThat(answer.http().headers().map().keySet()).isEqualTo(none.http().headers().map().keySet());
    }
    assertThat(none.header("WWW-Authenticate")).contains("Bearer realm=\"knatter\"");
    assertThat(refresh(pod, good).status()).as("the forged one has not ended the session").isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"refreshToken\":null}", "{\"refreshToken\":1}", "{\"refreshToken\":[]}",
      "{\"refreshToken\":\"x\",\"more\":1}", "[]", "{", "\"x\""})
  void refresh_bodyThatIsNone_is400(String body) {
    Answer answer = pod.post("/v1/refresh", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:invalid-request");
  }

  @Test
  void refresh_tooOften_is429ForThatSessionAlone() {
    Answer answer = refresh(pod, login().refreshToken().text());
    int renewals = 0;
    for (; answer.status() == 200; renewals++) {
      answer = refresh(pod, answer.text("refreshToken"));
    }

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.http().headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 5L);
    assertThat(renewals).isGreaterThanOrEqualTo(RateLimit.REFRESH.capacity());
    assertThat(refresh(pod, login().refreshToken().text()).status()).isEqualTo(200);
  }

  /** The id of a session is in its access tokens, and no secret. */
  @Test
  void strangers_whoKnowTheSessionsId_doNotUseUpWhatItMayRenew() {
    RefreshToken own = login().refreshToken();
    for (int i = 0; i < 2 * RateLimit.REFRESH.capacity(); i++) {
      RefreshToken forged = RefreshToken.mint(own.userId(), own.sessionId(), 1, new SecureRandom());
      assertThat(refresh(pod, forged.text()).status()).isEqualTo(401);
    }
    assertThat(refresh(pod, own.text()).status()).isEqualTo(200);
  }

  @Test
  void addressThatTriesTooManyTokens_is429ForThatAddressAlone() {
    installation.useUp(RateLimit.REFRESH_ADDRESS, "198.51.100.7");
    Answer refused = Stream.generate(() -> refreshFrom("198.51.100.7"))
      .limit(RateLimit.REFRESH_ADDRESS.capacity())
      .filter(answer -> answer.status() != 401)
      .findFirst()
      .orElseThrow();

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("RateLimit-Policy")).contains("\"refresh-address\";q=500;w=500");
    assertThat(refreshFrom("198.51.100.8").status()).isEqualTo(401);
  }

  private Answer refreshFrom(String address) {
    RefreshToken none = RefreshToken.mint(UUID.randomUUID(), UUID.randomUUID(), 1, new SecureRandom());
    return pod.post("/v1/refresh", "{\"refreshToken\":\"" + none.text() + "\"}", "X-Forwarded-For", address);
  }

  @Test
  void refresh_redisAway_is200() {
    stores.redis().cut();
    assertThat(refresh(pod, login().refreshToken().text()).status()).isEqualTo(200);
  }

  @Test
  void refresh_cassandraStalled_is503SoonAndTheSameTokenWorksAgain() {
    String token = login().refreshToken().text();
    stores.cassandra().stall();
    Answer answer = Answer.soon(() -> refresh(pod, token));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.http().headers().firstValueAsLong("Retry-After")).hasValue(1);
    stores.cassandra().restore();
    await().atMost(Duration.ofSeconds(30)).until(() -> refresh(pod, token).status() == 200);
  }
}
