package dev.knatter.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keyspaces of this build that have the product's tables without rows, and that no test class uses: to make and to drop the
 * tables takes longer than most classes. A file stands for each; who deletes it has the keyspace.
 */
record ProductKeyspaces(Path folder) {
  static ProductKeyspaces of(BuildCassandra node) {
    return new ProductKeyspaces(node.folder().resolve("keyspaces"));
  }

  /** Takes one, if there is any. */
  Optional<String> take() {
    try (Stream<Path> files = Files.list(Files.createDirectories(folder))) {
      for (Path file : files.toList()) {
        if (Files.deleteIfExists(file)) {
          return Optional.of(file.getFileName().toString());
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives back one, whose tables are empty. */
  void giveBack(String keyspace) {
    try {
      Files.createFile(folder.resolve(keyspace));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
