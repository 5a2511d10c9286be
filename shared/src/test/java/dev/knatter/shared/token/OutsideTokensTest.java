package dev.knatter.shared.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.Env;
import dev.knatter.testing.MovableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutsideTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final OutsideIssuerKey ISSUER = OutsideIssuerKey.rs256("key 1");
  private static final OutsideIssuerKey PS256 = OutsideIssuerKey.rsa("key 2", JWSAlgorithm.PS256);
  private static final OutsideIssuerKey ES256 = OutsideIssuerKey.es256("key 3");
  private static final OctetSequenceKey SECRET = new OctetSequenceKey.Builder(new byte[64]).keyID("secret")
    .algorithm(JWSAlgorithm.HS256)
    .build();

  @TempDir
  private static Path folder;
  private static Env env;
  private static OutsideTokens tokens;

  @BeforeAll
  static void publish() throws IOException {
    JWKSet set = new JWKSet(List.of(ISSUER.key(), PS256.key(), ES256.key(), SECRET));
    Path file = Files.writeString(folder.resolve("outside.json"), set.toString(/* publicKeysOnly= */ false));
    env = Env.of(Map.of("KNATTER_OIDC_ISSUER", OutsideIssuerKey.ISSUER, "KNATTER_OIDC_AUDIENCE",
        OutsideIssuerKey.AUDIENCE,
        "KNATTER_OIDC_JWKS_FILE", file.toString()));
    tokens = at(NOW);
  }

  private static OutsideTokens at(Instant time) {
    return at(Clock.fixed(time, ZoneOffset.UTC));
  }

  private static OutsideTokens at(Clock clock) {
    return OutsideTokens.from(env, clock).orElseThrow();
  }

  private static ForgedTokens good() {
    return OutsideIssuerKey.good(NOW);
  }

  private static OutsideIdentity verify(String token) {
    return tokens.verify(token).orElseThrow();
  }

  private static void assertRefused(String token) {
    assertThatThrownBy(() -> tokens.verify(token)).isInstanceOf(Unauthenticated.class)
      .hasMessage("The access token is not valid.");
  }

  /** Asserts that the text is not a token of this issuer at all. */
  private static void assertNone(String token) {
    assertThat(tokens.verify(token)).isEmpty();
  }

  @Test
  void verify_tokenOfEachAlgorithm_isItsIdentity() {
    for (OutsideIssuerKey key : List.of(ISSUER, PS256, ES256)) {
      OutsideIdentity ada = verify(key.sign(good()));

      assertThat(ada.issuer()).isEqualTo(OutsideIssuerKey.ISSUER);
      assertThat(ada.subject()).isEqualTo("f:1:ada");
      assertThat(ada.preferredUsername()).isEqualTo("ada");
      assertThat(ada.name()).isEqualTo("Ada Lovelace");
      assertThat(ada.toString()).doesNotContain("ada", "Lovelace");
    }
  }

  @Test
  void verify_scopeOfOperators_isReadFromTheScopeClaim() {
    assertThat(verify(ISSUER.sign(good())).operator()).isFalse();
    assertThat(verify(ISSUER.sign(good().with("scope", "openid knatter:operator"))).operator()).isTrue();
    assertThat(verify(ISSUER.sign(good().with("scope", List.of("knatter:operator")))).operator()).isFalse();
  }

  @Test
  void verify_leastAndOtherwiseNamed_passes() {
    assertThat(verify(ISSUER.sign(good().without("name")
      .without("preferred_username")
      .without("sid")
      .without("jti")
      .without("typ")
      .with("scope", "profile")
      .with("aud", List.of("account", OutsideIssuerKey.AUDIENCE)))).preferredUsername()).isNull();
    for (JOSEObjectType type : List.of(new JOSEObjectType("at+jwt"),
        new JOSEObjectType("application/at+jwt"))) {
      assertThat(tokens.verify(good().without("typ")
        .sign(ISSUER.header().type(type).build(),
            ISSUER.signer())))
        .isPresent();
    }
    assertThat(tokens.verify(good().sign(ISSUER.header()
      .type(null)
      .x509CertSHA256Thumbprint(Base64URL.encode("hint"))
      .build(), ISSUER.signer()))).isPresent();
  }

  @Test
  void sessionId_isOneForEachSessionOfEachSubject() {
    OutsideIdentity first = verify(ISSUER.sign(good()));

    assertThat(first.session().id().version()).isEqualTo(8);
    assertThat(verify(ISSUER.sign(good().with("jti", "another"))).session().id())
      .isEqualTo(first.session().id());
    assertThat(List.of(verify(ISSUER.sign(good().with("sid", "session 2"))).session().id(),
        verify(ISSUER.sign(good().without("sid"))).session().id(),
        verify(ISSUER.sign(good().with("sub", "f:1:eve"))).session().id()))
      .doesNotContain(first.session().id())
      .doesNotHaveDuplicates();
  }

  @Test
  void person_isOneForAllSessionsOfASubject() {
    OutsideSession first = verify(ISSUER.sign(good())).session();

    assertThat(verify(ISSUER.sign(good().with("sid", "session 2"))).session().person())
      .isEqualTo(first.person())
      .isNotEqualTo(first.id());
    assertThat(verify(ISSUER.sign(good().without("sid"))).session())
      .extracting(OutsideSession::id, OutsideSession::person)
      .containsOnly(first.person());
    assertThat(verify(ISSUER.sign(good().with("sub", "another"))).session().person())
      .isNotEqualTo(first.person());
    assertThat(first.issuedAt()).isEqualTo(NOW.truncatedTo(ChronoUnit.SECONDS));
  }

  @Test
  void verify_otherIssuer_isNone() {
    assertNone(ISSUER.sign(good().with("iss", OutsideIssuerKey.ISSUER + "/")));
    assertNone(ISSUER.sign(good().with("iss", "https://knatter.local")));
    assertNone(ISSUER.sign(good().without("iss")));
    assertNone(ISSUER.sign(good().with("iss", List.of(OutsideIssuerKey.ISSUER))));
  }

  @Test
  void verify_otherAudience_isRefused() {
    assertRefused(ISSUER.sign(good().with("aud", "account")));
    assertRefused(ISSUER.sign(good().with("aud", List.of())));
    assertRefused(ISSUER
      .sign(good().with("aud", List.of(Map.of(OutsideIssuerKey.AUDIENCE, OutsideIssuerKey.AUDIENCE)))));
    assertRefused(ISSUER.sign(good().with("azp", OutsideIssuerKey.AUDIENCE).without("aud")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aud", "sub", "iat", "exp"})
  void verify_claimMissing_isRefused(String claim) {
    assertRefused(ISSUER.sign(good().without(claim)));
    assertRefused(ISSUER.sign(good().with(claim, null)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aud", "sub", "iat", "exp", "nbf", "sid", "preferred_username", "name", "typ"})
  void verify_claimOfAnotherType_isRefused(String claim) {
    assertRefused(ISSUER.sign(good().with(claim, Map.of("a", 1))));
    assertRefused(ISSUER.sign(good().with(claim, true)));
  }

  @Test
  void verify_subjectThatIsNone_isRefused() {
    assertRefused(ISSUER.sign(good().with("sub", "")));
    assertRefused(ISSUER.sign(good().with("sub", "x".repeat(256))));
    assertThat(verify(ISSUER.sign(good().with("sub", "x".repeat(255)))).subject()).hasSize(255);
  }

  @Test
  void verify_aroundItsTimes_allowsThirtySeconds() {
    String token = ISSUER.sign(good().with("exp", NOW.getEpochSecond()));
    assertThat(at(NOW.plusSeconds(29)).verify(token)).isPresent();
    assertThatThrownBy(() -> at(NOW.plusSeconds(30)).verify(token))
      .hasMessage("The access token has expired.");
    for (String claim : List.of("iat", "nbf")) {
      assertThat(verify(ISSUER.sign(good().with(claim, NOW.plusSeconds(30).getEpochSecond())))).isNotNull();
      assertRefused(ISSUER.sign(good().with(claim, NOW.plusSeconds(31).getEpochSecond())));
    }
  }

  @Test
  void verify_tokenOfALongLife_countsAsLongAsOneOfOurs() {
    MovableClock clock = new MovableClock(NOW);
    OutsideTokens moving = at(clock);
    String token = ISSUER.sign(good().with("exp", NOW.plusSeconds(86_400).getEpochSecond()));

    assertThat(moving.verify(token)).isPresent();
    clock.set(NOW.plus(TokenIssuer.LIFETIME).plusSeconds(29));
    assertThat(moving.verify(token)).isPresent();
    clock.set(NOW.plus(TokenIssuer.LIFETIME).plusSeconds(30));
    assertThatThrownBy(() -> moving.verify(token)).hasMessage("The access token has expired.");
  }

  @Test
  void verify_absurdTimes_areRefused() {
    assertRefused(ISSUER.sign(good().with("exp", Long.MAX_VALUE)));
    assertRefused(ISSUER.sign(good().with("exp", 1e300)));
    assertRefused(ISSUER.sign(good().with("iat", -1)));
  }

  @Test
  void verify_otherKindsOfTokens_areRefused() {
    assertRefused(ISSUER.sign(good().with("typ", "ID")));
    assertRefused(ISSUER.sign(good().with("typ", "Refresh")));
    assertRefused(ISSUER.sign(good().without("typ").with("scope", "a").with("at_hash", "x")));
    assertRefused(ISSUER.sign(good().without("typ").with("scope", "a").with("c_hash", "x")));
    assertRefused(ISSUER.sign(good().without("typ").with("scope", "a").with("nonce", "x")));
    assertRefused(ISSUER.sign(good().without("typ").without("scope")));
    assertRefused(ISSUER.sign(good().with("cnf", Map.of("x5t#S256", "x"))));
    assertRefused(
        good().sign(ISSUER.header().type(new JOSEObjectType("logout+jwt")).build(), ISSUER.signer()));
  }

  @Test
  void verify_otherKeyUnderAKnownKid_isRefused() {
    assertRefused(OutsideIssuerKey.rs256("key 1").sign(good()));
    assertRefused(OutsideIssuerKey.es256("key 3").sign(good()));
    assertRefused(OutsideIssuerKey.es256("key 1").sign(good()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown", "key", "KEY 1", "../outside.json", "/etc/passwd", "file:///dev/null",
      "https://127.0.0.1:9/keys", "' OR 1=1", "secret", "key 1\u0000"})
  void verify_kidThatIsNotListed_isRefused(String kid) {
    assertRefused(good().sign(ISSUER.header().keyID(kid).build(), ISSUER.signer()));
  }

  @Test
  void verify_noKid_isRefused() {
    assertRefused(good().sign(ISSUER.header().keyID(null).build(), ISSUER.signer()));
  }

  @Test
  void verify_algorithmThatIsNotTheKeys_isRefused() throws Exception {
    var plain = new OutsideIssuerKey(ISSUER.key(), JWSAlgorithm.PS256);
    assertRefused(plain.sign(good()));
    assertRefused(new OutsideIssuerKey(PS256.key(), JWSAlgorithm.RS256).sign(good()));
    for (JWSAlgorithm other : List.of(JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS384)) {
      assertRefused(new OutsideIssuerKey(ISSUER.key(), other).sign(good()));
    }
    for (String none : List.of("none", "None", "NONE", "nOnE")) {
      String header = "{\"alg\":\"" + none + "\",\"typ\":\"JWT\",\"kid\":\"key 1\"}";
      assertNotAccepted(good().raw(header, ""));
      assertNotAccepted(good().raw(header, "x"));
    }
  }

  @Test
  void verify_publicKeyAsSecret_isRefused() throws Exception {
    RSAKey key = ISSUER.key().toRSAKey();
    for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS512)) {
      JWSHeader header = new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID("key 1").build();
      String pem = "-----BEGIN PUBLIC KEY-----\n"
          + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(key.toRSAPublicKey().getEncoded())
          + "\n-----END PUBLIC KEY-----\n";
      assertRefused(good().sign(header, new MACSigner(key.toRSAPublicKey().getEncoded())));
      assertRefused(good().sign(header, new MACSigner(key.getModulus().decode())));
      assertRefused(good().sign(header, new MACSigner(key.toPublicJWK().toJSONString())));
      assertRefused(good().sign(header, new MACSigner(pem)));
    }
  }

  @Test
  void verify_symmetricKeyInTheSet_isNoKey() throws Exception {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT)
      .keyID("secret")
      .build();

    assertRefused(good().sign(header, new MACSigner(SECRET)));
  }

  @Test
  void verify_headerThatBringsItsOwnKeyOrConditions_isRefused() throws Exception {
    URI elsewhere = URI.create("http://127.0.0.1:9/keys");
    OutsideIssuerKey own = OutsideIssuerKey.rs256("own");

    assertRefused(good().sign(own.header().jwk(own.key().toPublicJWK()).build(), own.signer()));
    assertRefused(
        good().sign(own.header().keyID("key 1").jwk(own.key().toPublicJWK()).build(), own.signer()));
    assertRefused(good().sign(ISSUER.header().jwk(ISSUER.key().toPublicJWK()).build(), ISSUER.signer()));
    assertRefused(good().sign(ISSUER.header().jwkURL(elsewhere).build(), ISSUER.signer()));
    assertRefused(good().sign(ISSUER.header().x509CertURL(elsewhere).build(), ISSUER.signer()));
    assertRefused(good().sign(ISSUER.header()
      .x509CertChain(List.of(com.nimbusds.jose.util.Base64.encode("certificate")))
      .build(), ISSUER.signer()));
    assertRefused(good().sign(ISSUER.header().criticalParams(Set.of("exp")).build(), ISSUER.signer()));
    assertRefused(good().sign(ISSUER.header().customParam("zip", "DEF").build(), ISSUER.signer()));
  }

  @Test
  void verify_tokenAtTheLimitOfLength_passesAndAboveIsNone() {
    int fill = OutsideTokens.MAX_CHARS - ISSUER.sign(good().with("fill", "")).length();
    String longest = ISSUER.sign(good().with("fill", "x".repeat(fill * 3 / 4)));

    assertThat(longest.length()).isBetween(OutsideTokens.MAX_CHARS - 3, OutsideTokens.MAX_CHARS);
    assertThat(verify(longest)).isNotNull();
    assertNone(ISSUER.sign(good().with("fill", "x".repeat(fill))));
    assertNone(ISSUER.sign(good().with("fill", "x".repeat(10_000_000))));
  }

  @Test
  void verify_whatIsNoJson_isNone() {
    for (String header : List.of("[".repeat(3_000), "{\"a\":".repeat(1_000), "null", "{}", "")) {
      assertNone(good().raw(header, "x"));
    }
    for (String payload : List.of("[".repeat(3_000), "{\"iss\":".repeat(500), "null", "{}", "[]", "")) {
      assertNone(ForgedTokens.encode("{\"alg\":\"RS256\",\"kid\":\"key 1\"}") + '.'
          + ForgedTokens.encode(payload) + ".x");
    }
    assertNone("....");
    assertNone("");
  }

  @Test
  void verify_partsOfTwoTokens_areRefused() {
    String[] ada = ISSUER.sign(good()).split("\\.", -1);
    String[] bob = ISSUER.sign(good().with("sub", "bob")).split("\\.", -1);

    assertRefused(String.join(".", ada[0], bob[1], ada[2]));
    assertRefused(String.join(".", ada[0], ada[1], bob[2]));
  }

  @Test
  void verify_tokenThatIsChangedSomewhere_isNotAccepted() {
    Random random = new Random(4);
    List<String> originals = List.of(ISSUER.sign(good()), PS256.sign(good()), ES256.sign(good()));
    for (int round = 0; round < 3_000; round++) {
      StringBuilder changed = new StringBuilder(originals.get(round % originals.size()));
      for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
        int at = random.nextInt(changed.length() - 1); // some bits of the last character mean nothing
        switch (random.nextInt(3)) {
          case 0 -> changed.setCharAt(at, (char) (changed.charAt(at) ^ (1 << random.nextInt(7))));
          case 1 -> changed.deleteCharAt(at);
          default -> changed.insert(at, (char) random.nextInt(33, 127));
        }
      }
      if (!originals.contains(changed.toString())) {
        assertNotAccepted(changed.toString());
      }
    }
  }

  private static void assertNotAccepted(String token) {
    @Nullable
    Unauthenticated refusal = null;
    try {
      assertThat(tokens.verify(token)).isEmpty();
    } catch (Unauthenticated e) {
      refusal = e;
    }
    assertThat(refusal == null || String.valueOf(refusal.getMessage()).startsWith("The access token"))
      .isTrue();
  }
}
