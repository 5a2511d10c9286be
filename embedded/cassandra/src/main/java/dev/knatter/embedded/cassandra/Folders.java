package dev.knatter.embedded.cassandra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Deletes what nobody needs any more, as far as it can: Cassandra still writes while it happens. */
final class Folders {
  private Folders() {}

  static void delete(Path folder) {
    for (Path path : contents(folder)) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        // The next build sweeps what is left.
      }
    }
  }

  private static List<Path> contents(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }
}
