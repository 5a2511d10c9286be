package dev.knatter.shared.token;

import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import com.nimbusds.jose.jwk.JWKSet;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Tls;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the one outside issuer whose access tokens are valid here.
 *
 * @param issuer   the exact {@code iss} of its tokens
 * @param audience a value that the {@code aud} of its tokens must contain
 * @param keys     the keys, if the environment holds them; empty if they are at a URL
 * @param url      the address of the keys; null if the environment holds the keys
 * @param tlsCa    certificate of the authority (PEM) that signed the URL's certificate; null for the authorities that the
 *                 JDK trusts
 */
record OidcSettings(String issuer, String audience, JWKSet keys, @Nullable URI url,
    @Nullable String tlsCa) {
  private static final String ISSUER = "KNATTER_OIDC_ISSUER";
  private static final String AUDIENCE = "KNATTER_OIDC_AUDIENCE";
  private static final String JWKS = "KNATTER_OIDC_JWKS";
  private static final String JWKS_URL = "KNATTER_OIDC_JWKS_URL";
  private static final String TLS_CA = "KNATTER_OIDC_TLS_CA";
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

  /**
   * Reads the settings; empty if no variable names an issuer. An incomplete configuration stops the start, because the
   * operator wanted an outside issuer.
   */
  static Optional<OidcSettings> from(Env env) {
    Optional<String> issuer = env.find(ISSUER);
    if (issuer.isEmpty()) {
      for (String other : List.of(AUDIENCE, JWKS, JWKS + Env.FILE, JWKS_URL, TLS_CA, TLS_CA + Env.FILE)) {
        if (env.find(other).isPresent()) {
          throw new IllegalStateException(other + " is set, but " + ISSUER + " is not.");
        }
      }
      return Optional.empty();
    }
    if (issuer.get().equals(TokenSettings.from(env).issuer())) {
      throw new IllegalStateException(ISSUER + " must differ from KNATTER_TOKEN_ISSUER.");
    }
    address(ISSUER, issuer.get());
    Optional<String> given = env.findSecret(JWKS);
    if (given.isPresent() == env.find(JWKS_URL).isPresent()) {
      throw new IllegalStateException(
          "One of " + JWKS + " (or " + JWKS + Env.FILE + ") and " + JWKS_URL + " must be set, and not both.");
    }
    return Optional.of(new OidcSettings(issuer.get(), env.require(AUDIENCE),
        given.map(OidcSettings::keys).orElseGet(JWKSet::new),
        env.find(JWKS_URL).map(url -> address(JWKS_URL, url)).orElse(null),
        Tls.authorities(env, TLS_CA).orElse(null)));
  }

  private static JWKSet keys(String text) {
    try {
      JWKSet keys = JWKSet.parse(text);
      if (OutsideKey.any(keys)) {
        return keys;
      }
    } catch (ParseException | RuntimeException e) {
      // the code below refuses it; the parser also throws exceptions that it does not declare
    }
    throw Env.unfit(JWKS, "a JWK set with at least one key with a kid, for RS256, PS256 or ES256");
  }

  /**
   * An attacker who can change the content of this address could act as any user. So it must be an https URL, or an address
   * of this machine.
   */
  private static URI address(String variable, String text) {
    try {
      URI uri = new URI(text);
      boolean safe = "https".equals(uri.getScheme())
          || ("http".equals(uri.getScheme()) && LOOPBACK.matcher(String.valueOf(uri.getHost())).matches());
      if (safe && uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // the code below refuses it
    }
    throw new IllegalStateException(
        variable + " must be an https URL without user or fragment (http only for this machine itself).");
  }
}
