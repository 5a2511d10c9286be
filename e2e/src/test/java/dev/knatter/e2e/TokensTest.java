package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnLocal;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Client;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import dev.knatter.testing.Counterfeits;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who is let in. Tokens are made with the deployment's own key, so that each differs from a good one in one thing. */
@OnLocal
@Inside
final class TokensTest {
  /** A few of those that the verifier by itself is shown ten thousand of. */
  private static final int COUNTERFEITS = 200;

  private final Deployment deployment;
  private final User ada;
  private final RSAKey key;
  private final SignedJWT good;

  TokensTest(Deployment deployment) throws ParseException {
    this.deployment = deployment;
    this.ada = User.create(deployment);
    this.key = deployment.keys().signingKey();
    this.good = SignedJWT.parse(ada.token());
  }

  private record Credential(String what, String header) {}

  @Test
  void request_withACounterfeit_is401() throws JOSEException {
    long seed = Soak.seed();
    Counterfeits counterfeits = new Counterfeits(ada.token(), User.create(deployment).token(), key.getKeyID(),
        key.toRSAPublicKey(), seed);
    for (int number = 0; number < COUNTERFEITS; number++) {
      isRefused(new Credential("seed " + seed + ", number " + number, "Bearer " + counterfeits.next()));
    }
    assertThat(ada.read().messages()).isEmpty();
  }

  @Test
  void request_withTheSameClaimsSignedAgain_isAnswered() throws Exception {
    String token = signed(claims -> {}, good.getHeader(), new RSASSASigner(key));
    assertThat(Client.exchange(deployment, User.reading().bearer(token)).status()).isEqualTo(200);
  }

  @Test
  void login_issuesWhatIsPromised() throws ParseException {
    JWTClaimsSet claims = good.getJWTClaimsSet();
    assertThat(good.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
    assertThat(good.getHeader().getKeyID()).isEqualTo(key.getKeyID());
    assertThat(claims.getSubject()).isEqualTo(ada.id());
    assertThat(claims.getStringClaim("sid")).isNotEmpty();
    assertThat(claims.getJWTID()).isNotEmpty();
    assertThat(claims.getExpirationTime()).isBetween(Instant.now().plusSeconds(800),
        Instant.now().plusSeconds(901));
  }

  @TestFactory
  Stream<DynamicTest> request_withoutAGoodToken_is401() throws JOSEException {
    return Stream.of(missing(), claims(), signatures())
      .flatMap(credentials -> credentials)
      .map(credential -> DynamicTest.dynamicTest(credential.what(), () -> isRefused(credential)));
  }

  private void isRefused(Credential credential) {
    for (Request request : new Request[]{User.reading(),
        User.message(Map.of("to", ada.name(), "content", "x"))}) {
      Answer answer = Client.exchange(deployment, credential.header().isEmpty()
          ? request.mistaken()
          : request.header("Authorization", credential.header()));
      assertThat(answer.status()).as("%s: %s %s", credential.what(), request, answer).isEqualTo(401);
      assertThat(answer.problem()).isEqualTo("unauthenticated");
    }
  }

  @Test
  void request_withTwoTokens_isRefused() {
    Answer answer = Client.exchange(deployment,
        User.reading().bearer(ada.token()).bearer(ada.token()).mistaken());
    assertThat(answer.status()).isIn(400, 401);
  }

  @Test
  void request_withTheTokenInTheQuery_isRefused() {
    Answer answer = Client.exchange(deployment, User.reading("access_token", ada.token()).mistaken());
    assertThat(answer.status()).isIn(400, 401);
  }

  private Stream<Credential> missing() {
    String refreshToken = Client.exchange(deployment, User.credentials(ada.name(), ada.password()))
      .text("refreshToken");
    return Stream.of(
        new Credential("no header", ""),
        new Credential("scheme alone", "Bearer"),
        new Credential("token alone", ada.token()),
        new Credential("other scheme", "Basic " + ada.token()),
        new Credential("text", "Bearer hello"),
        new Credential("two tokens in one header", "Bearer " + ada.token() + " " + ada.token()),
        new Credential("refresh token", "Bearer " + refreshToken));
  }

  private Stream<Credential> claims() throws JOSEException {
    Date past = Date.from(Instant.now().minusSeconds(300));
    Date future = Date.from(Instant.now().plusSeconds(300));
    return Stream.of(
        changed("other issuer", claims -> claims.issuer("https://somebody.else.example")),
        changed("no issuer", claims -> claims.issuer(null)),
        changed("other audience", claims -> claims.audience("somebody-else")),
        changed("no audience", claims -> claims.audience((String) null)),
        changed("expired", claims -> claims.issueTime(past).notBeforeTime(past).expirationTime(past)),
        changed("no expiry", claims -> claims.expirationTime(null)),
        changed("not yet valid", claims -> claims.notBeforeTime(future)),
        changed("no subject", claims -> claims.subject(null)),
        changed("subject that is no user id", claims -> claims.subject(ada.name())),
        changed("too long", claims -> claims.claim("padding", "p".repeat(6000))));
  }

  private Stream<Credential> signatures() throws JOSEException {
    RSAKey other = new RSAKeyGenerator(2048).keyID(key.getKeyID()).generate();
    byte[] publicKey = key.toRSAPublicKey().getEncoded();
    String[] parts = ada.token().split("\\.", 3);
    return Stream.of(
        new Credential("other key", bearer(good.getHeader(), new RSASSASigner(other))),
        new Credential("unknown key id",
            bearer(header(JWSAlgorithm.RS256, "unknown"), new RSASSASigner(key))),
        new Credential("RS512", bearer(header(JWSAlgorithm.RS512, key.getKeyID()), new RSASSASigner(key))),
        new Credential("PS256", bearer(header(JWSAlgorithm.PS256, key.getKeyID()), new RSASSASigner(key))),
        new Credential("HMAC with the public key",
            bearer(header(JWSAlgorithm.HS256, key.getKeyID()), new MACSigner(publicKey))),
        new Credential("key in the header", bearer(new JWSHeader.Builder(JWSAlgorithm.RS256)
          .keyID(other.getKeyID())
          .jwk(other.toPublicJWK())
          .build(), new RSASSASigner(other))),
        new Credential("no algorithm", "Bearer " + new PlainJWT(claims(good)).serialize()),
        new Credential("no signature", "Bearer " + parts[0] + "." + parts[1] + "."),
        new Credential("cut signature", "Bearer " + ada.token().substring(0, ada.token().length() - 4)),
        new Credential("other claims under the signature", "Bearer " + parts[0] + "."
            + Base64URL.encode(
                new String(Base64URL.from(parts[1]).decode(), StandardCharsets.UTF_8)
                  .replace(ada.id(), "019a4f6e-5b7a-7c3e-9f10-3a4b5c6d7e8f"))
            + "." + parts[2]));
  }

  private Credential changed(String what, Consumer<JWTClaimsSet.Builder> change) throws JOSEException {
    return new Credential(what, "Bearer " + signed(change, good.getHeader(), new RSASSASigner(key)));
  }

  private String bearer(JWSHeader header, JWSSigner signer) throws JOSEException {
    return "Bearer " + signed(claims -> {}, header, signer);
  }

  private JWSHeader header(JWSAlgorithm algorithm, String keyId) {
    return new JWSHeader.Builder(algorithm).type(good.getHeader().getType()).keyID(keyId).build();
  }

  private String signed(Consumer<JWTClaimsSet.Builder> change, JWSHeader header, JWSSigner signer)
      throws JOSEException {
    JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder(claims(good));
    change.accept(claims);
    SignedJWT token = new SignedJWT(header, claims.build());
    token.sign(signer);
    return token.serialize();
  }

  private static JWTClaimsSet claims(SignedJWT token) {
    try {
      return token.getJWTClaimsSet();
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }
}
