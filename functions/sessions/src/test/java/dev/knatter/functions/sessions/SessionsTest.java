package dev.knatter.functions.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import dev.knatter.chat.account.Device;
import dev.knatter.chat.account.Login;
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
import tools.jackson.databind.JsonNode;

final class SessionsTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static Installation installation;
  private static Pod pod;

  private Identity ada;
  private Login first;

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    installation = Installation.on(stores, keys);
    pod = installation.start(SessionsEndpoints::endpoints);
  }

  @BeforeEach
  void logIn() {
    stores.cassandra().restore();
    installation.awaitStores(pod);
    ada = register();
    first = installation.login(ada, new Device("Ada's telephone 📱", "fcm:1", null));
  }

  @AfterAll
  static void close() {
    pod.close();
    installation.close();
  }

  private static Identity register() {
    return installation.register("u" + UUID.randomUUID().toString().substring(0, 8));
  }

  private Login login() {
    return installation.login(ada, Device.UNKNOWN);
  }

  private static String id(Login login) {
    return login.identity().sessionId().toString();
  }

  private static Answer list(Login as) {
    return pod.get("/v1/sessions", "Authorization", "Bearer " + as.accessToken());
  }

  private static List<String> ids(Login as) {
    return list(as).body()
      .path("sessions")
      .valueStream()
      .map(each -> each.path("sessionId").asString())
      .toList();
  }

  private static Answer end(Login as, String session) {
    return pod.delete("/v1/sessions/" + session, "Authorization", "Bearer " + as.accessToken());
  }

  private static List<UUID> revoked() {
    return stores.session()
      .execute("SELECT session_id FROM revocations")
      .all()
      .stream()
      .map(row -> row.getUuid("session_id"))
      .toList();
  }

  @Test
  void list_oneWithADeviceAndOneWithout_saysWhatThereIsToKnow() {
    Login second = login();

    Answer answer = list(second);

    assertThat(answer.status()).isEqualTo(200);
    JsonNode newest = answer.body().path("sessions").path(0);
    JsonNode oldest = answer.body().path("sessions").path(1);
    assertThat(newest.propertyNames()).containsExactlyInAnyOrder("sessionId", "createdAt", "lastUsedAt",
        "current");
    assertThat(newest.path("sessionId").asString()).isEqualTo(id(second));
    assertThat(newest.path("current").asBoolean()).isTrue();
    assertThat(oldest.path("sessionId").asString()).isEqualTo(id(first));
    assertThat(oldest.path("current").asBoolean()).isFalse();
    assertThat(oldest.path("device").asString()).isEqualTo("Ada's telephone 📱");
    assertThat(Duration.between(Instant.parse(oldest.path("createdAt").asString()), Instant.now()))
      .isBetween(Duration.ZERO, Duration.ofMinutes(1));
    assertThat(oldest.path("lastUsedAt").asString()).isEqualTo(oldest.path("createdAt").asString());
  }

  @Test
  void list_ofMoreThanAHundred_isTheNewest() {
    installation.copySession(first, 104);
    Login newest = login();

    assertThat(ids(newest)).hasSize(100).startsWith(id(newest)).doesNotContain(id(first));
  }

  @Test
  void end_anotherSession_endsItAndKeepsTheOwn() {
    Login second = login();

    assertThat(end(first, id(second)).status()).isEqualTo(204);

    assertThat(ids(first)).containsExactly(id(first));
    await().until(() -> list(second).status() == 401);
    assertThat(list(first).status()).isEqualTo(200);
    assertThat(end(first, id(second)).status()).as("again").isEqualTo(204);
  }

  @Test
  void end_theOwnSession_endsIt() {
    assertThat(end(first, id(first).toUpperCase(Locale.ROOT)).status()).isEqualTo(204);

    await().until(() -> list(first).status() == 401);
    assertThat(revoked()).contains(first.identity().sessionId());
  }

  @Test
  void end_somebodyElsesSession_is204AndNothingHappens() {
    Login graces = installation.login(register(), Device.UNKNOWN);

    assertThat(end(first, id(graces)).status()).isEqualTo(204);
    assertThat(end(first, UUID.randomUUID().toString()).status()).isEqualTo(204);

    assertThat(revoked()).doesNotContain(graces.identity().sessionId());
    assertThat(ids(graces)).containsExactly(id(graces));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "019a4f6e-9c01-7d52-8a3b-6f5e4d3c2b1", "019a4f6e9c017d528a3b6f5e4d3c2b1a",
      "1-1-1-1-1", "%7Bid%7D"})
  void end_whatIsNoId_is400(String session) {
    Answer answer = end(first, session);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.pointer()).isEqualTo("/sessionId");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?limit=1", "?sessionId=x", "?a"})
  void list_withWhatItDoesNotKnow_is400(String query) {
    assertThat(pod.get("/v1/sessions" + query, "Authorization", "Bearer " + first.accessToken()).status())
      .isEqualTo(400);
  }

  @Test
  void request_withoutAToken_is401() {
    assertThat(pod.get("/v1/sessions").status()).isEqualTo(401);
    assertThat(pod.delete("/v1/sessions/" + id(first)).status()).isEqualTo(401);
    assertThat(ids(first)).containsExactly(id(first));
  }

  @Test
  void otherMethods_are405WithThoseThereAre() {
    Answer answer = pod.post("/v1/sessions", Map.of());
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).contains("GET, HEAD, OPTIONS");
    assertThat(pod.get("/v1/sessions/" + id(first)).header("Allow")).contains("DELETE, OPTIONS");
  }

  @Test
  void list_cassandraStalled_is503Soon() {
    stores.cassandra().stall();
    assertThat(Answer.soon(() -> list(first)).status()).isEqualTo(503);
  }
}
