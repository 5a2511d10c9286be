package dev.knatter.shared.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.Env;
import dev.knatter.testing.MovableClock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenVerifierTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final String INVALID = "The access token is not valid.";
  private static final String EXPIRED = "The access token has expired.";

  @TempDir
  private static Path folder;
  private static RSAKey key;
  private static Env env;
  private static RSASSASigner signer;

  @BeforeAll
  static void makeKeys() throws Exception {
    KeyFiles.write(folder);
    key = (RSAKey) JWK.parse(Files.readString(folder.resolve("signing-key.json")));
    signer = new RSASSASigner(key);
    env = Env.of(Map.of("KNATTER_JWKS_FILE", folder.resolve("jwks.json").toString(),
        "KNATTER_SIGNING_KEY_FILE", folder.resolve("signing-key.json").toString()));
  }

  private static TokenVerifier verifierAt(Instant time) {
    return TokenVerifier.from(env, Clock.fixed(time, ZoneOffset.UTC));
  }

  private static String sign(ForgedTokens forge) {
    return forge.sign(rs256().build(), signer);
  }

  private static JWSHeader.Builder rs256() {
    return ForgedTokens.header(JWSAlgorithm.RS256, key.getKeyID());
  }

  private static ForgedTokens good() {
    return new ForgedTokens(NOW);
  }

  private static void assertRefused(String token) {
    assertRefused(token, INVALID);
  }

  private static void assertRefused(String token, String detail) {
    assertThatThrownBy(() -> verifierAt(NOW).verify(token)).isInstanceOf(Unauthenticated.class)
      .hasMessage(detail);
  }

  @Test
  void verify_issuedToken_isItsIdentity() {
    Identity ada = new Identity(UUID.randomUUID(), "ada", UUID.randomUUID());
    String token = TokenIssuer.from(env, Clock.fixed(NOW, ZoneOffset.UTC)).issue(ada);

    assertThat(verifierAt(NOW).verify(token)).isEqualTo(ada);
    assertThat(token.length()).isLessThan(1_024);
  }

  @Test
  void verify_scopeOfOperators_isOneOfTheValuesOfTheClaim() {
    for (String scope : List.of("knatter:operator", "openid knatter:operator profile")) {
      assertThat(verifierAt(NOW).verify(sign(good().with("scope", scope))).operator()).as(scope).isTrue();
    }
    for (Object other : List.of("", "openid", "knatter:operators", "KNATTER:OPERATOR", "x-knatter:operator",
        List.of("knatter:operator"), true)) {
      assertThat(verifierAt(NOW).verify(sign(good().with("scope", other))).operator()).isFalse();
    }
    assertThat(verifierAt(NOW).verify(sign(good())).operator()).isFalse();
  }

  @Test
  void verify_wellFormedToken_passes() {
    assertThat(verifierAt(NOW).verify(sign(good())).username()).isEqualTo("ada");
    assertThat(verifierAt(NOW).verify(sign(good().with("aud", List.of("other", "knatter")))).username())
      .isEqualTo("ada");
  }

  @Test
  void verify_aroundExpiry_allowsThirtySeconds() {
    String token = sign(good().with("exp", NOW.getEpochSecond()));

    assertThat(verifierAt(NOW.plusSeconds(29)).verify(token).username()).isEqualTo("ada");
    assertThatThrownBy(() -> verifierAt(NOW.plusSeconds(30)).verify(token)).hasMessage(EXPIRED);
  }

  @Test
  void verify_tokenThatIsKnown_countsNoLongerThanItWould() {
    String token = sign(
        good().with("nbf", NOW.getEpochSecond()).with("exp", NOW.plusSeconds(60).getEpochSecond()));
    MovableClock clock = new MovableClock(NOW);
    TokenVerifier verifier = TokenVerifier.from(env, clock);

    Identity ada = verifier.verify(token);
    assertThat(verifier.verify(token)).isEqualTo(ada);
    clock.set(NOW.plusSeconds(90));
    assertThatThrownBy(() -> verifier.verify(token)).hasMessage(EXPIRED);
    clock.set(NOW.minusSeconds(31));
    assertThatThrownBy(() -> verifier.verify(token)).hasMessage(INVALID);
  }

  @Test
  void verify_whatDiffersFromAKnownToken_isRefused() {
    TokenVerifier verifier = verifierAt(NOW);
    String token = sign(good());
    Identity ada = verifier.verify(token);
    for (int i = 0; i < token.length() - 1; i++) { // some bits of the last character mean nothing
      StringBuilder changed = new StringBuilder(token);
      changed.setCharAt(i, token.charAt(i) == 'x' ? 'y' : 'x');
      assertThatThrownBy(() -> verifier.verify(changed.toString())).isInstanceOf(Unauthenticated.class);
    }
    assertThat(verifier.verify(token)).isEqualTo(ada);
  }

  @Test
  void verify_manyTokensTwice_eachIsItsOwn() {
    TokenVerifier verifier = verifierAt(NOW);
    List<String> tokens = IntStream.range(0, 300)
      .mapToObj(number -> sign(good().with("preferred_username", "user" + number)))
      .toList();
    for (int round = 0; round < 2; round++) {
      for (int number = 0; number < tokens.size(); number++) {
        assertThat(verifier.verify(tokens.get(number)).username()).isEqualTo("user" + number);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"iat", "nbf"})
  void verify_tokenOfTheFuture_allowsThirtySeconds(String claim) {
    ForgedTokens at30 = good().with(claim, NOW.plusSeconds(30).getEpochSecond());
    ForgedTokens at31 = good().with(claim, NOW.plusSeconds(31).getEpochSecond());

    assertThat(verifierAt(NOW).verify(sign(at30)).username()).isEqualTo("ada");
    assertRefused(sign(at31));
  }

  @Test
  void verify_otherIssuerOrAudience_isRefused() {
    assertRefused(sign(good().with("iss", "https://knatter.local/")));
    assertRefused(sign(good().with("aud", "knatter2")));
    assertRefused(sign(good().with("aud", List.of())));
    assertRefused(sign(good().with("aud", List.of(Map.of("knatter", "knatter")))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "aud", "sub", "sid", "preferred_username", "jti", "iat", "exp"})
  void verify_claimMissingOrOfAnotherType_isRefused(String claim) {
    assertRefused(sign(good().without(claim)));
    assertRefused(sign(good().with(claim, null)));
    assertRefused(sign(good().with(claim, Map.of("a", 1))));
    assertRefused(sign(good().with(claim, true)));
  }

  @Test
  void verify_absurdTimes_areRefused() {
    assertRefused(sign(good().with("exp", Long.MAX_VALUE)));
    assertRefused(sign(good().with("exp", 1e300)));
    assertRefused(sign(good().with("iat", -1)));
  }

  @Test
  void verify_otherKeyUnderOurKid_isRefused() throws Exception {
    RSASSASigner other = new RSASSASigner(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate());

    assertRefused(good().sign(rs256().build(), other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown", "../jwks.json", "/etc/passwd", "file:///dev/null", "' OR 1=1"})
  void verify_kidThatIsNotListed_isRefused(String kid) {
    assertRefused(good().sign(ForgedTokens.header(JWSAlgorithm.RS256, kid).build(), signer));
  }

  @Test
  void verify_noKid_isRefused() {
    assertRefused(good().sign(ForgedTokens.header(JWSAlgorithm.RS256, null).build(), signer));
  }

  @Test
  void verify_otherAlgorithms_areRefused() throws Exception {
    RSAPublicKey asSecret = key.toRSAPublicKey();
    var curve = new ECKeyGenerator(Curve.P_256).keyID(key.getKeyID()).generate();
    var hs256 = ForgedTokens.header(JWSAlgorithm.HS256, key.getKeyID()).build();

    assertRefused(good().sign(hs256, new MACSigner(asSecret.getEncoded())));
    assertRefused(good().sign(hs256, new MACSigner(asSecret.getModulus().toByteArray())));
    assertRefused(
        good().sign(ForgedTokens.header(JWSAlgorithm.ES256, key.getKeyID()).build(), new ECDSASigner(curve)));
    for (JWSAlgorithm other : Set.of(JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS256)) {
      assertRefused(good().sign(ForgedTokens.header(other, key.getKeyID()).build(), signer));
    }
    for (String none : List.of("none", "None", "NONE", "")) {
      String header = "{\"alg\":\"" + none + "\",\"typ\":\"at+jwt\",\"kid\":\"" + key.getKeyID() + "\"}";
      assertRefused(good().raw(header, ""));
      assertRefused(good().raw(header, "x"));
    }
  }

  @Test
  void verify_otherType_isRefused() {
    assertRefused(good().sign(rs256().type(JOSEObjectType.JWT).build(), signer));
    assertRefused(good().sign(rs256().type(null).build(), signer));
    assertRefused(good().sign(rs256().type(new JOSEObjectType("logout+jwt")).build(), signer));
  }

  @Test
  void verify_headerThatBringsItsOwnKeyOrConditions_isRefused() throws Exception {
    RSAKey own = new RSAKey.Builder(
        (RSAPublicKey) KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic())
      .build();
    URI elsewhere = URI.create("http://127.0.0.1:9/keys");

    assertRefused(good().sign(rs256().jwk(own).build(), signer));
    assertRefused(good().sign(rs256().jwkURL(elsewhere).build(), signer));
    assertRefused(good().sign(rs256().x509CertURL(elsewhere).build(), signer));
    assertRefused(good().sign(rs256().criticalParams(Set.of("exp")).build(), signer));
    assertRefused(good().sign(rs256().customParam("zip", "DEF").build(), signer));
  }

  @Test
  void verify_tokenAtTheLimitOfLength_passesAndAboveIsRefused() {
    int fill = TokenVerifier.MAX_CHARS - sign(good().with("fill", "")).length();
    String longest = sign(good().with("fill", "x".repeat(fill * 3 / 4)));
    String tooLong = sign(good().with("fill", "x".repeat(fill)));

    assertThat(longest.length()).isBetween(TokenVerifier.MAX_CHARS - 3, TokenVerifier.MAX_CHARS);
    assertThat(verifierAt(NOW).verify(longest).username()).isEqualTo("ada");
    assertRefused(tooLong);
  }

  @Test
  void verify_tokenCutAnywhere_isRefused() {
    String token = sign(good());
    for (int length = 0; length < token.length(); length += 7) {
      assertRefused(token.substring(0, length));
    }
    assertRefused(token.substring(0, token.length() - 1));
    assertRefused(token + ".");
    assertRefused(token + ".x");
    assertRefused(token + "=");
    assertRefused(" " + token);
    assertRefused(token + "\n");
    assertRefused(token.replace('.', ','));
  }

  @Test
  void verify_partsOfTwoTokens_areRefused() {
    String[] ada = sign(good()).split("\\.", -1);
    String[] bob = sign(good().with("preferred_username", "bob")).split("\\.", -1);

    assertRefused(String.join(".", ada[0], bob[1], ada[2]));
    assertRefused(String.join(".", ada[0], ada[1], bob[2]));
    assertRefused(String.join(".", ada[1], ada[0], ada[2]));
    assertRefused(String.join(".", ada[0], ada[2], ada[1]));
  }

  @Test
  void verify_anyOneCharacterChanged_isRefused() {
    String token = sign(good());
    int end = token.lastIndexOf('.');
    for (int i = 0; i < end; i++) {
      char[] changed = token.toCharArray();
      changed[i] = changed[i] == 'A' ? 'B' : 'A';
      if (!Arrays.equals(changed, token.toCharArray())) {
        assertRefused(new String(changed));
      }
    }
  }

  @Test
  void verify_whatIsNoJson_isRefused() {
    assertRefused(good().raw("[".repeat(1_500), "x"));
    assertRefused(good().raw("{\"a\":".repeat(500), "x"));
    assertRefused(good().raw("null", "x"));
    assertRefused(good().raw("{}", "x"));
    assertRefused("....");
    assertRefused("eyJhbGciOiJub25lIn0..");
  }

  @Test
  void verify_tokenOfARemovedKey_isRefused() throws IOException {
    Path others = Files.createDirectories(folder.resolve("others"));
    KeyFiles.write(others);
    TokenVerifier verifier = TokenVerifier.from(
        Env.of(Map.of("KNATTER_JWKS_FILE", others.resolve("jwks.json").toString())),
        Clock.fixed(NOW, ZoneOffset.UTC));

    assertThatThrownBy(() -> verifier.verify(sign(good()))).hasMessage(INVALID);
  }
}
