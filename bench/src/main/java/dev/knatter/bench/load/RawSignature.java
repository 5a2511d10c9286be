package dev.knatter.bench.load;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.text.ParseException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import dev.knatter.bench.generator.Worker;
import dev.knatter.shared.Env;

/** Signs as much as an access token has. */
final class RawSignature implements Worker {
  private static final byte[] TOKEN = new byte[480];

  private final PrivateKey key;

  private RawSignature(PrivateKey key) {
    this.key = key;
  }

  static RawSignature from(Env env) {
    try {
      return new RawSignature(RSAKey.parse(env.requireSecret("KNATTER_SIGNING_KEY")).toPrivateKey());
    } catch (ParseException | JOSEException e) {
      throw new IllegalStateException("The signing key of this run is none.", e);
    }
  }

  @Override
  public void once() throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key);
    signature.update(TOKEN);
    byte[] _ = signature.sign();
  }
}
