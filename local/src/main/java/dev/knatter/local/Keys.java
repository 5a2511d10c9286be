package dev.knatter.local;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.knatter.embedded.CannotStartException;
import dev.knatter.shared.token.KeyFiles;

/**
 * The key files: those that the environment names, and otherwise files in the data folder. Missing files are created.
 * Two instances that name the same files share them, whichever starts first.
 */
record Keys(Path signing, Path jwks, Path cursor, Path name) {
  static Keys of(LocalSettings settings) {
    Path signing = settings.path("KNATTER_SIGNING_KEY_FILE",
        settings.data().resolve("keys/signing-key.json"));
    // The others are in the same folder: an instance that shares the signing key also has to read the other's tokens
    // and cursors.
    return new Keys(signing, settings.path("KNATTER_JWKS_FILE", signing.resolveSibling("jwks.json")),
        settings.path("KNATTER_CURSOR_KEY_FILE", signing.resolveSibling("cursor.key")),
        settings.path("KNATTER_NAME_KEY_FILE", signing.resolveSibling("name.key")));
  }

  Map<String, String> env() {
    return Map.of("KNATTER_SIGNING_KEY_FILE", signing.toString(), "KNATTER_JWKS_FILE", jwks.toString(),
        "KNATTER_CURSOR_KEY_FILE", cursor.toString(), "KNATTER_NAME_KEY_FILE", name.toString());
  }

  void makeMissing() {
    try {
      Files.createDirectories(folder());
      // Two instances that share the files may start at the same time.
      try (FileChannel lock = FileChannel.open(folder().resolve(".lock"), CREATE, WRITE)) {
        lock.lock();
        make();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the key files in the data folder. Files that the environment names stay. */
  static void forget(LocalSettings settings) {
    Path folder = settings.data().resolve("keys");
    try {
      for (String file : List.of("signing-key.json", "jwks.json", "cursor.key", "name.key")) {
        Files.deleteIfExists(folder.resolve(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void make() throws IOException {
    if (Files.exists(jwks) && !Files.exists(signing)) {
      throw new CannotStartException(
          "%s is there but %s is not: nobody could log in.".formatted(jwks, signing));
    }
    if (!Files.exists(signing) || !Files.exists(cursor) || !Files.exists(name)) {
      Path made = Files.createTempDirectory(folder(), ".new");
      KeyFiles.write(made);
      // Each file is moved into place as a whole, so that a killed process leaves no half-written file.
      moveIfMissing(made.resolve("cursor.key"), cursor);
      moveIfMissing(made.resolve("name.key"), name);
      moveIfMissing(made.resolve("signing-key.json"), signing);
      Files.delete(made.resolve("jwks.json"));
      Files.delete(made);
    }
    if (!Files.exists(jwks)) {
      Path made = Files.createTempFile(folder(), ".new", "");
      Files.writeString(made, publicSet());
      moveIfMissing(made, jwks);
    }
  }

  private String publicSet() throws IOException {
    try {
      return new JWKSet(JWK.parse(Files.readString(signing))).toPublicJWKSet().toString();
    } catch (ParseException e) {
      // The exception's message may quote the file.
      throw new CannotStartException(signing + " is not a JWK.");
    }
  }

  private Path folder() {
    return signing.toAbsolutePath().resolveSibling("");
  }

  private static void moveIfMissing(Path made, Path file) throws IOException {
    if (Files.exists(file)) {
      Files.delete(made);
    } else {
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
