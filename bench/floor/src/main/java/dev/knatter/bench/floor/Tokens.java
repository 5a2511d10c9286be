package dev.knatter.bench.floor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;

/** Checks access tokens (RFC 9068), signed with RS256 by a key of KNATTER_JWKS_FILE. */
final class Tokens {
  private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
  private static final long SKEW_SECONDS = 30;

  private final Map<String, JWSVerifier> keys;
  private final String issuer;
  private final String audience;

  private Tokens(Map<String, JWSVerifier> keys, String issuer, String audience) {
    this.keys = keys;
    this.issuer = issuer;
    this.audience = audience;
  }

  /** Who is calling. */
  record Caller(UUID id, String username) {}

  static Tokens from(Map<String, String> env) {
    Map<String, JWSVerifier> keys = new HashMap<>();
    try {
      for (JWK key : JWKSet.parse(Files.readString(Path.of(Floor.require(env, "KNATTER_JWKS_FILE"))))
        .getKeys()) {
        if (key instanceof RSAKey rsa) {
          keys.put(rsa.getKeyID(), new RSASSAVerifier(rsa));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParseException | JOSEException e) {
      throw new IllegalStateException("KNATTER_JWKS_FILE does not name a set of RSA keys.", e);
    }
    return new Tokens(keys, env.getOrDefault("KNATTER_TOKEN_ISSUER", "https://knatter.local"),
        env.getOrDefault("KNATTER_TOKEN_AUDIENCE", "knatter"));
  }

  /** Empty for a token that is not valid here and now. */
  Optional<Caller> verify(String token) {
    try {
      JWSObject jws = JWSObject.parse(token);
      JWSHeader header = jws.getHeader();
      JWSVerifier key = keys.get(header.getKeyID());
      if (key == null || !JWSAlgorithm.RS256.equals(header.getAlgorithm()) || !TYPE.equals(header.getType())
          || !jws.verify(key)) {
        return Optional.empty();
      }
      return caller(jws.getPayload().toJSONObject());
    } catch (ParseException | JOSEException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private Optional<Caller> caller(Map<String, Object> claims) {
    long now = System.currentTimeMillis() / 1_000;
    boolean valid = issuer.equals(claims.get("iss")) && audience.equals(claims.get("aud"))
        && claims.get("exp") instanceof Long expires && now < expires + SKEW_SECONDS
        && claims.get("nbf") instanceof Long begins && now >= begins - SKEW_SECONDS;
    return valid && claims.get("sub") instanceof String id
        && claims.get("preferred_username") instanceof String name
            ? Optional.of(new Caller(UUID.fromString(id), name))
            : Optional.empty();
  }
}
