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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.knatter.chat.event.EventSources;
import dev.knatter.embedded.CannotStartException;
import dev.knatter.shared.token.KeyFiles;
import org.jspecify.annotations.Nullable;

/**
 * The key files: those that the environment names, and otherwise files in the data folder. Missing files are created.
 * Two instances that name the same files share them, whichever starts first.
 *
 * @param eventSources with a source for trying events out, which may do everything; null if the environment itself
 *     contains the sources
 */
record Keys(Path signing, Path jwks, Path cursor, Path name, @Nullable Path eventSources) {
  private static final String SOURCES = "event-sources.json";

  static Keys of(LocalSettings settings) {
    Path signing = settings.path("KNATTER_SIGNING_KEY_FILE",
        settings.data().resolve("keys/signing-key.json"));
    // The others are in the same folder: an instance that shares the signing key also has to read the other's tokens
    // and cursors.
    return new Keys(signing, settings.path("KNATTER_JWKS_FILE", signing.resolveSibling("jwks.json")),
        settings.path("KNATTER_CURSOR_KEY_FILE", signing.resolveSibling("cursor.key")),
        settings.path("KNATTER_NAME_KEY_FILE", signing.resolveSibling("name.key")),
        settings.has("KNATTER_EVENT_SOURCES")
            ? null
            : settings.path("KNATTER_EVENT_SOURCES_FILE", signing.resolveSibling(SOURCES)));
  }

  Map<String, String> env() {
    Map<String, String> env = new HashMap<>();
    env.put("KNATTER_SIGNING_KEY_FILE", signing.toString());
    env.put("KNATTER_JWKS_FILE", jwks.toString());
    env.put("KNATTER_CURSOR_KEY_FILE", cursor.toString());
    env.put("KNATTER_NAME_KEY_FILE", name.toString());
    if (eventSources != null) {
      env.put("KNATTER_EVENT_SOURCES_FILE", eventSources.toString());
    }
    return env;
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
      for (String file : List.of("signing-key.json", "jwks.json", "cursor.key", "name.key", SOURCES)) {
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
      makeWhole(jwks, publicSet());
    }
    if (eventSources != null && !Files.exists(eventSources)) {
      makeWhole(eventSources, EventSources.template("/local"));
    }
  }

  private static void makeWhole(Path file, String text) throws IOException {
    Path made = Files.createTempFile(file.toAbsolutePath().resolveSibling(""), ".new", ""); // for its owner only
    Files.writeString(made, text);
    moveIfMissing(made, file);
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
