package dev.knatter.shared.token;

import java.util.Optional;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import org.jspecify.annotations.Nullable;

/**
 * A public key of the outside issuer, with the one algorithm that it is used for (RFC 8725 §3.1). The issuer's key set
 * chooses the algorithm, and a token never does. An RSA key uses the algorithm of its {@code alg}, or RS256 without one. A
 * key on P-256 uses ES256. All other keys, for example symmetric ones, are ignored.
 */
record OutsideKey(JWSAlgorithm algorithm, JWK jwk) {
  private static final int LEAST_BITS = 2048; // RFC 7518 §3.3
  private static final int MOST_BITS = 8192; // checking a signature by a larger key takes too long

  /** Returns the first usable key of a set with this kid. */
  static Optional<OutsideKey> find(JWKSet set, String kid) {
    return set.getKeys()
      .stream()
      .filter(jwk -> kid.equals(jwk.getKeyID()))
      .flatMap(jwk -> of(jwk).stream())
      .findFirst();
  }

  /** Whether a set has a usable key. */
  static boolean any(JWKSet set) {
    return set.getKeys().stream().anyMatch(jwk -> jwk.getKeyID() != null && of(jwk).isPresent());
  }

  private static Optional<OutsideKey> of(JWK jwk) {
    boolean signs = jwk.getKeyUse() == null || KeyUse.SIGNATURE.equals(jwk.getKeyUse());
    JWSAlgorithm algorithm = algorithm(jwk);
    return signs && algorithm != null ? Optional.of(new OutsideKey(algorithm, jwk)) : Optional.empty();
  }

  private static @Nullable JWSAlgorithm algorithm(JWK jwk) {
    String named = jwk.getAlgorithm() == null ? null : jwk.getAlgorithm().getName();
    if (jwk instanceof RSAKey rsa && rsa.size() >= LEAST_BITS && rsa.size() <= MOST_BITS) {
      return switch (named) {
        case null -> JWSAlgorithm.RS256;
        case "RS256" -> JWSAlgorithm.RS256;
        case "PS256" -> JWSAlgorithm.PS256;
        default -> null;
      };
    }
    boolean es256 = jwk instanceof ECKey curve && Curve.P_256.equals(curve.getCurve())
        && (named == null || named.equals("ES256"));
    return es256 ? JWSAlgorithm.ES256 : null;
  }

  boolean verifies(JWSObject jws) {
    try {
      return algorithm.equals(jws.getHeader().getAlgorithm()) && jws.verify(verifier());
    } catch (JOSEException e) {
      return false;
    }
  }

  private JWSVerifier verifier() throws JOSEException {
    return jwk instanceof RSAKey rsa ? new RSASSAVerifier(rsa) : new ECDSAVerifier(jwk.toECKey());
  }
}
