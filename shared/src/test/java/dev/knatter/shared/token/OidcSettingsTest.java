package dev.knatter.shared.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.knatter.shared.Env;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OidcSettingsTest {
  @TempDir
  private Path folder;

  private static Map<String, String> byUrl(String url) {
    return new HashMap<>(
        Map.of("KNATTER_OIDC_ISSUER", "https://id.example.com", "KNATTER_OIDC_AUDIENCE", "chat",
            "KNATTER_OIDC_JWKS_URL", url));
  }

  private static void assertStops(Map<String, String> variables, String named) {
    assertThatThrownBy(() -> OutsideTokens.from(Env.of(variables), Clock.systemUTC()))
      .isInstanceOf(IllegalStateException.class)
      .hasMessageContaining(named);
  }

  @Test
  void nothingSet_isNoIssuer() {
    assertThat(OidcSettings.from(Env.of(Map.of()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"KNATTER_OIDC_AUDIENCE", "KNATTER_OIDC_JWKS_URL", "KNATTER_OIDC_JWKS_FILE",
      "KNATTER_OIDC_JWKS", "KNATTER_OIDC_TLS_CA_FILE", "KNATTER_OIDC_TLS_CA"})
  void halfConfigured_namesWhatIsSet(String variable) {
    assertStops(Map.of(variable, "x"), variable);
  }

  @Test
  void missing_isNamed() {
    Map<String, String> all = byUrl("https://id.example.com/keys");
    assertThat(OidcSettings.from(Env.of(all))).isPresent();

    assertStops(without(all, "KNATTER_OIDC_AUDIENCE"), "KNATTER_OIDC_AUDIENCE");
    assertStops(without(all, "KNATTER_OIDC_JWKS_URL"), "KNATTER_OIDC_JWKS_URL");
    all.put("KNATTER_OIDC_JWKS_FILE", "x");
    assertStops(all, "KNATTER_OIDC_JWKS_FILE");
    all.remove("KNATTER_OIDC_JWKS_FILE");
    all.put("KNATTER_OIDC_JWKS", "{}");
    assertStops(all, "KNATTER_OIDC_JWKS");
  }

  private static Map<String, String> without(Map<String, String> all, String variable) {
    Map<String, String> rest = new HashMap<>(all);
    rest.remove(variable);
    return rest;
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://id.example.com/keys", "https://id.example.com:8443/keys?realm=chat",
      "http://127.0.0.1:8080/keys", "http://localhost:8080/keys", "http://[::1]:8080/keys"})
  void urlThatIsSafe_isTaken(String url) {
    assertThat(OidcSettings.from(Env.of(byUrl(url))).orElseThrow().url()).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://id.example.com/keys", "http://127.0.0.1.example.com/keys",
      "http://localhost.example.com/keys", "http://keycloak:8080/keys", "ftp://127.0.0.1/keys",
      "file:///keys",
      "https:///keys", "https://user@id.example.com/keys", "https://id.example.com/keys#a", "keys",
      "https://a b/"})
  void urlThatIsNot_stopsTheStart(String url) {
    assertStops(byUrl(url), "KNATTER_OIDC_JWKS_URL");
    Map<String, String> asIssuer = byUrl("https://id.example.com/keys");
    asIssuer.put("KNATTER_OIDC_ISSUER", url);
    assertStops(asIssuer, "KNATTER_OIDC_ISSUER");
  }

  @Test
  void ourOwnIssuer_stopsTheStart() {
    Map<String, String> variables = byUrl("https://id.example.com/keys");
    variables.put("KNATTER_TOKEN_ISSUER", "https://id.example.com");

    assertStops(variables, "KNATTER_TOKEN_ISSUER");
  }

  @Test
  void fileWithoutAUsableKey_stopsTheStart() throws Exception {
    JWKSet useless = new JWKSet(List.of(
        new RSAKeyGenerator(2048).keyUse(KeyUse.ENCRYPTION).keyID("for encryption").generate(),
        new ECKeyGenerator(Curve.P_384).keyID("other curve").generate(),
        new RSAKeyGenerator(2048).generate()));
    for (String text : List.of("", "{", "{\"keys\":[]}", useless.toString())) {
      assertStops(byFile(text), "KNATTER_OIDC_JWKS_FILE");
    }
    Map<String, String> missing = byFile("");
    missing.put("KNATTER_OIDC_JWKS_FILE", folder.resolve("nowhere").toString());
    assertStops(missing, "KNATTER_OIDC_JWKS_FILE");
  }

  private Map<String, String> byFile(String text) throws IOException {
    Map<String, String> variables = without(byUrl(""), "KNATTER_OIDC_JWKS_URL");
    variables.put("KNATTER_OIDC_JWKS_FILE", Files.writeString(folder.resolve("keys.json"), text).toString());
    return variables;
  }

  @Test
  void authorityThatCannotBeRead_stopsTheStart() {
    Map<String, String> variables = byUrl("https://id.example.com/keys");
    variables.put("KNATTER_OIDC_TLS_CA_FILE", folder.resolve("nowhere.pem").toString());

    assertStops(variables, "nowhere.pem");
    variables.remove("KNATTER_OIDC_TLS_CA_FILE");
    variables.put("KNATTER_OIDC_TLS_CA", "-----BEGIN PRIVATE KEY-----");
    assertStops(variables, "KNATTER_OIDC_TLS_CA");
  }
}
