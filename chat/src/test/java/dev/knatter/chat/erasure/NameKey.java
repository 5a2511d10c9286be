package dev.knatter.chat.erasure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

import dev.knatter.chat.account.ErasedNames;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Cassandra;

/** The key of names, in a file. */
final class NameKey {
  ErasedNames names(Cassandra cassandra) {
    try {
      Path file = Files.createTempFile("name", ".key");
      try {
        Files.writeString(file, Base64.getEncoder().encodeToString(new byte[32]));
        return ErasedNames.from(Env.of(Map.of("KNATTER_NAME_KEY_FILE", file.toString())), cassandra);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
