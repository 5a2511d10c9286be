package dev.knatter.shared.token;

import java.util.List;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.knatter.shared.Env;

/**
 * The public keys of the product's access tokens, so that other services can verify the tokens too. json: a JWK set (RFC
 * 7517 §5).
 */
public record PublishedKeys(String json) {
  /** Reads the keys from KNATTER_JWKS. */
  public static PublishedKeys from(Env env) {
    return new PublishedKeys(new JWKSet(List.<JWK>copyOf(Keys.published(env))).toString());
  }
}
