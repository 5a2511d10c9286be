package dev.knatter.shared.token;

import java.util.List;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.knatter.shared.Env;

/** The public keys that access tokens are verified with, for others to verify them too. json: a JWK set (RFC 7517 §5). */
public record PublishedKeys(String json) {
  /** With the keys of KNATTER_JWKS. */
  public static PublishedKeys from(Env env) {
    return new PublishedKeys(new JWKSet(List.<JWK>copyOf(Keys.published(env))).toString());
  }
}
