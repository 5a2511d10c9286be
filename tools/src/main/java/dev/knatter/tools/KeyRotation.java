package dev.knatter.tools;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.knatter.shared.token.KeyFiles;

/**
 * Replaces the key that signs tokens, in a folder that {@link KeyFiles} wrote and in three steps. Between two of them all
 * processes get to know what the last one changed (docs/operating.md), so that at no time a token is refused which is
 * good. Each step may be repeated.
 */
final class KeyRotation {
  private final Path signing;
  private final Path next;
  private final Path set;

  KeyRotation(Path folder) {
    signing = folder.resolve("signing-key.json");
    next = folder.resolve("next-signing-key.json");
    set = folder.resolve("jwks.json");
  }

  /** Makes the next key, and publishes it beside the present one, which still signs. */
  void add() throws IOException {
    if (!Files.exists(next)) {
      if (published().size() > 1) {
        throw new IllegalStateException(set + " has two keys: withdraw the old one first.");
      }
      KeyFiles.writeSecret(next, KeyFiles.signingKey().toJSONString());
    }
    publish(List.of(read(signing), read(next)));
  }

  /** Signs with the next key; what the old one signed is still accepted. The old private key is gone. */
  void use() throws IOException {
    if (!Files.exists(next)) {
      throw new IllegalStateException("There is no " + next + ": add a key first.");
    }
    if (!published().contains(read(next).toPublicJWK())) {
      throw new IllegalStateException(set + " lacks the next key: add it first.");
    }
    Files.move(next, signing, ATOMIC_MOVE);
  }

  /** Publishes no key but the one that signs. */
  void withdraw() throws IOException {
    if (Files.exists(next)) {
      throw new IllegalStateException(next + " is not used yet: use it first.");
    }
    publish(List.of(read(signing)));
  }

  private void publish(List<RSAKey> keys) throws IOException {
    List<JWK> all = new ArrayList<>();
    keys.forEach(key -> all.add(key.toPublicJWK()));
    Path made = set.resolveSibling(".jwks.json");
    Files.deleteIfExists(made);
    KeyFiles.writeSecret(made, new JWKSet(all).toString());
    Files.move(made, set, ATOMIC_MOVE); // whole or not at all
  }

  private List<JWK> published() throws IOException {
    try {
      return JWKSet.parse(Files.readString(set)).getKeys();
    } catch (ParseException e) {
      throw new IllegalStateException(set + " is not a JWK set."); // the message may quote the file
    }
  }

  private static RSAKey read(Path file) throws IOException {
    try {
      return RSAKey.parse(Files.readString(file));
    } catch (ParseException e) {
      throw new IllegalStateException(file + " is not an RSA key as a JWK."); // the message may quote the file
    }
  }
}
