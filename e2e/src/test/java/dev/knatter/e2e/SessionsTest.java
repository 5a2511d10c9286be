package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnProcesses;
import dev.knatter.e2e.deploy.Pod;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Client;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.Together;
import dev.knatter.e2e.http.User;
import dev.knatter.testing.TcpProxy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions are renewed, listed and ended, and every process notices their end. */
@OnProcesses
final class SessionsTest {
  /** Five seconds are promised. The rest is for a busy machine: a token that nobody ends lives for fifteen minutes. */
  private static final Duration NOTICED = Duration.ofSeconds(20);
  private static final int AT_ONCE = 20;

  private final Deployment deployment;
  private final User ada;

  SessionsTest(Deployment deployment) {
    this.deployment = deployment;
    this.ada = User.create(deployment);
  }

  /** What happens to Redis when somebody logs out. */
  enum Redis {
    UP, CUT, STALLED, EMPTIED;

    void before(TcpProxy redis) {
      switch (this) {
        case CUT -> redis.cut();
        case STALLED -> redis.stall();
        case UP, EMPTIED -> {
        }
      }
    }
  }

  private Answer login() {
    Answer tokens = Client.exchange(deployment, Request.post("/v1/login")
      .json(Map.of("username", ada.name(), "password", ada.password(), "device",
          Map.of("name", "A telephone 📱"))));
    assertThat(tokens.status()).as("%s", tokens).isEqualTo(200);
    return secret(tokens);
  }

  private Answer secret(Answer tokens) {
    if (!tokens.text("refreshToken").isEmpty()) {
      deployment.secrets().add(tokens.text("refreshToken"));
    }
    return tokens;
  }

  private Answer refresh(Pod pod, String token) {
    return secret(Client.exchange(pod, Request.post("/v1/refresh").json(Map.of("refreshToken", token))));
  }

  private Answer refresh(String token) {
    return refresh(deployment.pod("/v1/refresh"), token);
  }

  private static Request logout(String token) {
    return Request.post("/v1/logout").json(Map.of()).bearer(token);
  }

  private List<Request> everywhere(String token) {
    return List.of(User.reading().bearer(token),
        User.message(Map.of("to", ada.name(), "content", Secrets.text("still here"))).bearer(token),
        Request.get("/v1/sessions").bearer(token), logout(token));
  }

  private void isNoticedEverywhere(String token) {
    for (Request request : everywhere(token)) {
      Awaitility.await(request + " is refused")
        .atMost(NOTICED)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(150))
        .untilAsserted(() -> assertThat(Client.exchange(deployment, request).status()).isEqualTo(401));
    }
  }

  @ParameterizedTest
  @EnumSource
  @Inside
  void logout_isNoticedByEveryFunction(Redis redis) {
    Answer tokens = login();
    String token = tokens.text("accessToken");
    for (Request request : everywhere(token).subList(0, 3)) {
      assertThat(Client.exchange(deployment, request).status()).isIn(200, 201);
    }
    redis.before(deployment.stores().redis());
    try {
      assertThat(Client.exchange(deployment, logout(token)).status()).isEqualTo(204);
      if (redis == Redis.EMPTIED) {
        deployment.stores().flushRedis();
      }

      isNoticedEverywhere(token);
      assertThat(refresh(tokens.text("refreshToken")).status()).isEqualTo(401);
      assertThat(ada.read().messages()).as("another session is not touched").isNotEmpty();
    } finally {
      StoreRecovery.of(deployment);
    }
  }

  @Test
  void logout_everywhere_isNoticedOfAllSessions() {
    Answer one = login();
    Answer other = login();
    assertThat(Client.exchange(deployment, Request.post("/v1/logout")
      .json(Map.of("everywhere", true))
      .bearer(one.text("accessToken"))).status()).isEqualTo(204);

    for (String token : List.of(one.text("accessToken"), other.text("accessToken"), ada.token())) {
      isNoticedEverywhere(token);
    }
    assertThat(refresh(other.text("refreshToken")).status()).isEqualTo(401);
    assertThat(ada.again().exchange(User.reading()).status()).as("she may come back").isEqualTo(200);
  }

  @Test
  void logout_endsWaitingForMessages() {
    String token = login().text("accessToken");
    String cursor = ada.read().previous();
    CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> Client.exchange(deployment,
        User.reading("after", cursor, "wait", "25").bearer(token)));
    assertThat(Client.exchange(deployment, User.reading().bearer(token)).status()).isEqualTo(200);
    assertThat(Client.exchange(deployment, logout(token)).status()).isEqualTo(204);

    Awaitility.await().atMost(NOTICED).until(waiting::isDone);
    assertThat(waiting.join().status()).isEqualTo(401);
  }

  @Test
  void refresh_twentyTimesAtOnceFromTwoProcesses_isOneLiveSession() {
    Answer tokens = login();
    List<Pod> pods = deployment.pods("/v1/refresh", 2);
    List<Answer> answers = Together.all(AT_ONCE,
        number -> refresh(pods.get(number % 2), tokens.text("refreshToken")));

    assertThat(answers).extracting(Answer::status).containsOnly(200);
    assertThat(answers).extracting(answer -> answer.text("refreshToken"))
      .containsOnly(answers.getFirst().text("refreshToken"));
    Answer next = refresh(answers.getFirst().text("refreshToken"));
    assertThat(next.status()).isEqualTo(200);
    assertThat(Client.exchange(deployment, User.reading().bearer(next.text("accessToken"))).status())
      .isEqualTo(200);
  }

  @Test
  void refresh_ofATokenThatSomebodyHasUsedTwice_endsTheSessionForBoth() {
    Answer tokens = login();
    Answer stolen = refresh(tokens.text("refreshToken"));
    Answer again = refresh(stolen.text("refreshToken"));
    assertThat(again.text("sessionId")).isEqualTo(tokens.text("sessionId"));

    Answer refused = refresh(tokens.text("refreshToken"));

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refresh(again.text("refreshToken")).body()).isEqualTo(refused.body());
    isNoticedEverywhere(again.text("accessToken"));
    isNoticedEverywhere(tokens.text("accessToken"));
  }

  @Test
  void refresh_ofAnInvalidToken_isAnsweredLikeOneOfAnEndedSession() {
    Answer tokens = login();
    Answer _ = Client.exchange(deployment, logout(tokens.text("accessToken")));
    Answer ended = refresh(tokens.text("refreshToken"));
    for (String none : List.of("", " ", "none", "e30.e30.e30", "\u0000", "🔑")) {
      Answer answer = refresh(none);
      assertThat(answer.status()).as("%s", answer).isEqualTo(401);
      assertThat(answer.problem()).isEqualTo("unauthenticated");
      assertThat(answer.body()).isEqualTo(ended.body());
    }
  }

  @Test
  void refresh_withoutAToken_is400() {
    for (Request request : List.of(Request.post("/v1/refresh").jsonText("{}"),
        Request.post("/v1/refresh").jsonText("{\"refreshToken\":7}"),
        Request.post("/v1/refresh").form("refreshToken", "none", "more", "x"))) {
      Answer answer = Client.exchange(deployment, request.mistaken());
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.problem()).isEqualTo("invalid-request");
    }
  }

  @Test
  void session_ofAnotherDevice_isListedAndEnded() {
    Answer telephone = login();
    Answer list = ada.exchange(Request.get("/v1/sessions"));
    assertThat(list.status()).isEqualTo(200);
    var newest = list.json().path("sessions").path(0);
    assertThat(newest.path("sessionId").asString()).isEqualTo(telephone.text("sessionId"));
    assertThat(newest.path("device").asString()).isEqualTo("A telephone 📱");
    assertThat(newest.path("current").asBoolean()).isFalse();

    Answer ended = ada.exchange(Request.of("DELETE", "/v1/sessions/" + telephone.text("sessionId")));
    assertThat(ended.status()).isEqualTo(204);
    isNoticedEverywhere(telephone.text("accessToken"));
    assertThat(ada.exchange(Request.get("/v1/sessions")).json().path("sessions").size()).isEqualTo(1);
  }

  @Test
  void session_unknownOrOfAnotherUser_is204AndStays() {
    User grace = User.create(deployment);
    String hers = grace.exchange(Request.get("/v1/sessions"))
      .json()
      .path("sessions")
      .path(0)
      .path("sessionId")
      .asString();
    for (String session : List.of(hers, UUID.randomUUID().toString())) {
      assertThat(ada.exchange(Request.of("DELETE", "/v1/sessions/" + session)).status()).isEqualTo(204);
    }
    assertThat(refuses("/v1/sessions/none")).isEqualTo(400);
    assertThat(grace.exchange(Request.get("/v1/sessions")).json().path("sessions").size()).isEqualTo(1);
  }

  private int refuses(String path) {
    return ada.exchange(Request.of("DELETE", path).mistaken()).status();
  }

  @Test
  void jwks_verifiesWhatLoginIssues() throws Exception {
    Answer keys = Client.exchange(deployment, Request.get("/.well-known/jwks.json"));
    var token = SignedJWT.parse(ada.token());
    var key = JWKSet.parse(keys.body()).getKeyByKeyId(token.getHeader().getKeyID());

    assertThat(token.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();
    Answer known = Client.exchange(deployment,
        Request.get("/.well-known/jwks.json").header("If-None-Match", keys.header("ETag")));
    assertThat(known.status()).isEqualTo(304);
    assertThat(known.body()).isEmpty();
  }
}
