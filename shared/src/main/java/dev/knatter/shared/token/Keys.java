package dev.knatter.shared.token;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.knatter.shared.Env;

/** Reads keys (RFC 7517). A wrong key stops the start with a message that names the variable and never quotes the key. */
final class Keys {
  private static final String SET = "KNATTER_JWKS";
  private static final int LEAST_BITS = 2048; // RFC 7518 §3.3

  private Keys() {}

  /** Reads the private key that signs tokens. */
  static RSAKey signing(Env env) {
    String variable = "KNATTER_SIGNING_KEY";
    String text = env.requireSecret(variable);
    try {
      if (JWK.parse(text) instanceof RSAKey key && key.isPrivate() && usable(key)) {
        return key;
      }
    } catch (ParseException e) {
      // the code below refuses it; the parser's message may hold parts of the key
    }
    throw Env.unfit(variable, "a private RSA key with a kid, as a JWK");
  }

  /** Returns the verifiers of signatures by their kid. */
  static Map<String, JWSVerifier> verifying(Env env) {
    Map<String, JWSVerifier> verifiers = new HashMap<>();
    try {
      for (RSAKey key : published(env)) {
        verifiers.put(key.getKeyID(), new RSASSAVerifier(key));
      }
    } catch (JOSEException e) {
      throw noSet();
    }
    return verifiers;
  }

  /** Reads the public keys. If the set holds private parts by mistake, it leaves them out. */
  static List<RSAKey> published(Env env) {
    String text = env.requireSecret(SET);
    List<RSAKey> keys = new ArrayList<>();
    try {
      for (JWK key : JWKSet.parse(text).getKeys()) {
        if (key instanceof RSAKey rsa && usable(rsa)) {
          keys.add(rsa.toPublicJWK());
        }
      }
    } catch (ParseException e) {
      throw noSet(); // the parser's message may hold parts of a key
    }
    if (keys.isEmpty()) {
      throw noSet();
    }
    return keys;
  }

  private static IllegalStateException noSet() {
    return Env.unfit(SET, "a JWK set with at least one RSA key with a kid");
  }

  private static boolean usable(RSAKey key) {
    return key.getKeyID() != null && key.size() >= LEAST_BITS;
  }
}
