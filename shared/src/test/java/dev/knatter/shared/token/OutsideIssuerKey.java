package dev.knatter.shared.token;

import java.time.Instant;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;

/** A key of an outside issuer. It signs tokens. */
record OutsideIssuerKey(JWK key, JWSAlgorithm algorithm) {
  static final String ISSUER = "https://id.example.com/realms/chat";
  static final String AUDIENCE = "chat";

  static OutsideIssuerKey rs256(String kid) {
    return rsa(kid, JWSAlgorithm.RS256);
  }

  static OutsideIssuerKey rsa(String kid, JWSAlgorithm algorithm) {
    try {
      return new OutsideIssuerKey(new RSAKeyGenerator(2048).keyID(kid).algorithm(algorithm).generate(),
          algorithm);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static OutsideIssuerKey es256(String kid) {
    try {
      return new OutsideIssuerKey(new ECKeyGenerator(Curve.P_256).keyID(kid).generate(), JWSAlgorithm.ES256);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the claims of a valid token, as Keycloak writes them. */
  static ForgedTokens good(Instant now) {
    return new ForgedTokens(now).with("iss", ISSUER)
      .with("aud", AUDIENCE)
      .with("sub", "f:1:ada")
      .with("sid", "session 1")
      .with("typ", "Bearer")
      .with("name", "Ada Lovelace")
      .with("exp", now.plusSeconds(300).getEpochSecond());
  }

  JWSHeader.Builder header() {
    return new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(key.getKeyID());
  }

  JWSSigner signer() {
    try {
      return new DefaultJWSSignerFactory().createJWSSigner(key, algorithm);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  String sign(ForgedTokens forge) {
    return forge.sign(header().build(), signer());
  }
}
