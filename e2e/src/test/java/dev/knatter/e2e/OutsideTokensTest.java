package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.Keys;
import dev.knatter.e2e.deploy.OnProcesses;
import dev.knatter.e2e.deploy.OutsideIssuer;
import dev.knatter.e2e.deploy.Pod;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Client;
import dev.knatter.e2e.http.Page;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whom the outside issuer vouches for. Its tokens are made with its own key, so that each differs in one thing. */
@OnProcesses
@Inside
final class OutsideTokensTest {
  private final Deployment deployment;
  private final RSAKey key;
  private final JWSHeader header;

  OutsideTokensTest(Deployment deployment) {
    this.deployment = deployment;
    this.key = deployment.keys().outside().key();
    this.header = header(JWSAlgorithm.RS256, key.getKeyID()).build();
  }

  private record Hostile(String what, String token) {}

  private static JWSHeader.Builder header(JWSAlgorithm algorithm, String keyId) {
    return new JWSHeader.Builder(algorithm).keyID(keyId);
  }

  private static JWTClaimsSet.Builder claims(String username) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder().claim("typ", "Bearer")
      .issuer(OutsideIssuer.ISSUER)
      .audience(List.of("account", OutsideIssuer.AUDIENCE))
      .subject(UUID.randomUUID().toString())
      .claim("preferred_username", username)
      .issueTime(Date.from(now))
      .expirationTime(Date.from(now.plusSeconds(300)));
  }

  private static String sign(JWTClaimsSet.Builder claims, JWSHeader header, JWSSigner signer) {
    SignedJWT token = new SignedJWT(header, claims.build());
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  private String good(JWTClaimsSet.Builder claims) {
    try {
      return sign(claims, header, new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Request message(String to, String content) {
    return User.message(Map.of("to", to, "content", content));
  }

  @Test
  void outsideUser_sendsAndReceives() {
    User grace = User.create(deployment);
    String name = User.freeName();
    String token = good(claims(name));
    String content = Secrets.text("from outside");
    Answer sent = Client.exchange(deployment, message(grace.name(), content).bearer(token));

    assertThat(sent.status()).as("%s", sent).isEqualTo(201);
    assertThat(sent.text("sender")).isEqualTo(name);
    assertThat(grace.read("with", name).messages()).singleElement()
      .satisfies(read -> assertThat(read.content()).isEqualTo(content));
    grace.say(name, Secrets.text("welcome"));
    assertThat(
        Page.of(Client.exchange(deployment, User.reading("with", grace.name()).bearer(token))).messages())
      .hasSize(2);
  }

  @Test
  void outsideUser_withATakenUsername_is403() {
    User owner = User.create(deployment);
    for (String name : List.of(owner.name(), "no name at all")) {
      Answer refused = Client.exchange(deployment, User.reading().bearer(good(claims(name))));

      assertThat(refused.status()).as("%s", refused).isEqualTo(403);
      assertThat(refused.problem()).isEqualTo("username-taken");
    }
    assertThat(owner.again().id()).isEqualTo(owner.id());
  }

  @Test
  void outsideUser_hasNoPassword() {
    String name = User.freeName();
    Client.exchange(deployment, User.reading().bearer(good(claims(name))));
    String password = Secrets.text("a guess");

    assertThat(Client.exchange(deployment, User.credentials(name, password)).status()).isEqualTo(401);
    assertThat(Client.exchange(deployment, User.registration(name, password)).status()).isEqualTo(409);
  }

  @Test
  void outsideUser_callingTwoProcessesTwentyTimesAtOnce_isOneUser() throws Exception {
    User grace = User.create(deployment);
    List<Pod> pods = deployment.pods("/v1/send", 2);
    String name = User.freeName();
    String token = good(claims(name));
    List<Callable<Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Pod pod = pods.get(i % pods.size());
      calls.add(() -> Client.exchange(pod, message(grace.name(), Secrets.text("me")).bearer(token)));
    }
    Set<String> conversations = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Answer> call : threads.invokeAll(calls)) {
        assertThat(call.get().status()).as("%s", call.get()).isEqualTo(201);
        conversations.add(call.get().text("conversationId"));
      }
    }
    // Its id follows from those of its members.
    assertThat(conversations).hasSize(1);
    assertThat(grace.read("with", name).messages()).hasSize(20);
  }

  private void logout(JWTClaimsSet.Builder claims, boolean everywhere) {
    Request logout = Request.post("/v1/logout").json(Map.of("everywhere", everywhere));
    assertThat(Client.exchange(deployment, logout.bearer(good(claims))).status()).isEqualTo(204);
  }

  private int read(JWTClaimsSet.Builder claims) {
    return Client.exchange(deployment, User.reading().bearer(good(claims))).status();
  }

  private void awaitRefused(JWTClaimsSet.Builder claims) {
    Awaitility.await().until(() -> read(claims) == 401);
  }

  /** Of the same person in the same session at the issuer, which knows nothing of it. */
  @Test
  void logout_endsTokensIssuedBeforeItAndNoLaterOnes() {
    JWTClaimsSet.Builder claims = claims(User.freeName()).claim("sid", "one");
    assertThat(read(claims)).isEqualTo(200);
    logout(claims, false);
    awaitRefused(claims);

    claims.issueTime(Date.from(Instant.now().plusSeconds(10)));
    assertThat(read(claims)).isEqualTo(200);
  }

  @Test
  void logoutEverywhere_endsTheOtherSessionsAtTheIssuerToo() {
    JWTClaimsSet.Builder claims = claims(User.freeName()).claim("sid", "one");
    assertThat(read(claims)).isEqualTo(200);
    logout(claims, false);
    awaitRefused(claims);
    claims.claim("sid", "two");
    assertThat(read(claims)).isEqualTo(200);
    logout(claims.claim("sid", "three"), true);
    awaitRefused(claims.claim("sid", "two"));

    claims.issueTime(Date.from(Instant.now().plusSeconds(10)));
    assertThat(read(claims)).isEqualTo(200);
  }

  @TestFactory
  Stream<DynamicTest> hostileToken_is401() throws JOSEException {
    return hostile().map(hostile -> DynamicTest.dynamicTest(hostile.what(), () -> {
      Answer answer = Client.exchange(deployment, User.reading().bearer(hostile.token()));

      assertThat(answer.status()).as("%s", answer).isEqualTo(401);
      assertThat(answer.problem()).isEqualTo("unauthenticated");
    }));
  }

  private Stream<Hostile> hostile() throws JOSEException {
    RSAKey own = new RSAKeyGenerator(2048).keyID(key.getKeyID()).generate();
    RSASSASigner signer = new RSASSASigner(key);
    Instant now = Instant.now();
    String name = User.freeName();
    JWTClaimsSet.Builder good = claims(name);
    return Stream.of(
        new Hostile("other issuer", good(claims(name).issuer(OutsideIssuer.ISSUER + "/"))),
        new Hostile("our issuer", good(claims(name).issuer(Keys.ISSUER))),
        new Hostile("other audience", good(claims(name).audience("account"))),
        new Hostile("our audience", good(claims(name).audience(Keys.AUDIENCE))),
        new Hostile("no audience", good(claims(name).audience((String) null))),
        new Hostile("no subject", good(claims(name).subject(null))),
        new Hostile("no time of issue", good(claims(name).issueTime(null))),
        new Hostile("no expiry", good(claims(name).expirationTime(null))),
        new Hostile("expired", good(claims(name).expirationTime(Date.from(now.minusSeconds(60))))),
        new Hostile("old, whatever its expiry",
            good(claims(name).issueTime(Date.from(now.minusSeconds(1_000))))),
        new Hostile("future", good(claims(name).notBeforeTime(Date.from(now.plusSeconds(600)))
          .expirationTime(Date.from(now.plusSeconds(900))))),
        new Hostile("ID token", good(claims(name).claim("typ", "ID"))),
        new Hostile("too long", good(claims(name).claim("fill", "x".repeat(9_000)))),
        new Hostile("other key", sign(good, header, new RSASSASigner(own))),
        new Hostile("our key", sign(good, header, new RSASSASigner(deployment.keys().signingKey()))),
        new Hostile("our key and kid", sign(good, header(JWSAlgorithm.RS256, deployment.keys()
          .signingKey()
          .getKeyID()).build(), new RSASSASigner(deployment.keys().signingKey()))),
        new Hostile("no kid", sign(good, new JWSHeader(JWSAlgorithm.RS256), signer)),
        new Hostile("kid that is a path",
            sign(good, header(JWSAlgorithm.RS256, "../outside/jwks.json").build(), signer)),
        new Hostile("kid that is a URL",
            sign(good, header(JWSAlgorithm.RS256, "http://127.0.0.1:9/").build(), signer)),
        new Hostile("RS512", sign(good, header(JWSAlgorithm.RS512, key.getKeyID()).build(), signer)),
        new Hostile("PS256", sign(good, header(JWSAlgorithm.PS256, key.getKeyID()).build(), signer)),
        new Hostile("HMAC with the public key", sign(good, header(JWSAlgorithm.HS256, key.getKeyID()).build(),
            new MACSigner(key.toRSAPublicKey().getEncoded()))),
        new Hostile("no algorithm", new PlainJWT(good.build()).serialize()),
        new Hostile("key in the header", sign(good,
            header(JWSAlgorithm.RS256, key.getKeyID()).jwk(own.toPublicJWK()).build(),
            new RSASSASigner(own))),
        new Hostile("address of a key in the header", sign(good, header(JWSAlgorithm.RS256, key.getKeyID())
          .jwkURL(URI.create("http://127.0.0.1:9/keys"))
          .build(), signer)));
  }
}
