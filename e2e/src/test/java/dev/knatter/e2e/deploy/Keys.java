package dev.knatter.e2e.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.jwk.RSAKey;
import dev.knatter.e2e.http.SignedEvents;
import dev.knatter.e2e.http.User;
import dev.knatter.embedded.ChildProcess;

/** The keys of a deployment, made by the product's own command. */
public final class Keys {
  /** Named by the deployment, so that tests know what the tokens must say. */
  public static final String ISSUER = "https://issuer.e2e.example";
  public static final String AUDIENCE = "knatter-e2e";

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path folder;
  private final OutsideIssuer outside;

  private Keys(Path folder, OutsideIssuer outside) {
    this.folder = folder;
    this.outside = outside;
  }

  static Keys make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run(List.of("dev.knatter.tools.KeysMain", folder.toString()), Map.of(),
        folder.resolve("keys.log"));
    return new Keys(folder, OutsideIssuer.make(folder.resolve("outside")));
  }

  static void run(List<String> command, Map<String, String> env, Path log) {
    try (ChildProcess process = Jvm.start(command, env, log)) {
      int status = process.exitStatus(LIMIT);
      if (status != 0) {
        throw new IllegalStateException(command + " ended with " + status + ", see " + log);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Map<String, String> env() {
    Map<String, String> env = new HashMap<>(outside.env());
    env.putAll(Map.of(
        "KNATTER_TOKEN_ISSUER", ISSUER,
        "KNATTER_TOKEN_AUDIENCE", AUDIENCE,
        "KNATTER_JWKS_FILE", folder.resolve("jwks.json").toString(),
        "KNATTER_SIGNING_KEY_FILE", folder.resolve("signing-key.json").toString(),
        "KNATTER_CURSOR_KEY_FILE", folder.resolve("cursor.key").toString(),
        "KNATTER_NAME_KEY_FILE", folder.resolve("name.key").toString(),
        "KNATTER_EVENT_SOURCES", SignedEvents.SOURCES,
        "KNATTER_OPERATORS", User.OPERATOR,
        "KNATTER_WEBHOOKS_INSECURE", "true"));
    return env;
  }

  /** Whose tokens count besides. */
  public OutsideIssuer outside() {
    return outside;
  }

  /** What login signs with. */
  public RSAKey signingKey() {
    try {
      return RSAKey.parse(Files.readString(folder.resolve("signing-key.json")));
    } catch (IOException | ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What no log may hold. */
  List<String> secrets() {
    RSAKey key = signingKey();
    try {
      return List.of(key.getPrivateExponent().toString(), key.getFirstPrimeFactor().toString(),
          Files.readString(folder.resolve("cursor.key")).strip(),
          Files.readString(folder.resolve("name.key")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
