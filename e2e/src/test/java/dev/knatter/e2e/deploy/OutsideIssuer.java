package dev.knatter.e2e.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;

/** Somebody else whose tokens the deployment accepts, known to it by a file of public keys. */
public final class OutsideIssuer {
  public static final String ISSUER = "https://id.e2e.example/realms/team";
  public static final String AUDIENCE = "chat-e2e";

  private final Path folder;

  private OutsideIssuer(Path folder) {
    this.folder = folder;
  }

  static OutsideIssuer make(Path folder) {
    try {
      RSAKey key = new RSAKeyGenerator(2048).keyID("outside-1").algorithm(JWSAlgorithm.RS256).generate();
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("key.json"), key.toJSONString());
      Files.writeString(folder.resolve("jwks.json"), new JWKSet(key).toString());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new OutsideIssuer(folder);
  }

  Map<String, String> env() {
    return Map.of("KNATTER_OIDC_ISSUER", ISSUER, "KNATTER_OIDC_AUDIENCE", AUDIENCE, "KNATTER_OIDC_JWKS_FILE",
        folder.resolve("jwks.json").toString());
  }

  /** What its tokens are signed with. */
  public RSAKey key() {
    try {
      return RSAKey.parse(Files.readString(folder.resolve("key.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }
}
