package dev.knatter.embedded.cassandra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Deletes a folder. Some files may stay, because Cassandra still writes while this happens. */
final class Folders {
  private Folders() {}

  static void delete(Path folder) {
    for (Path path : contents(folder)) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        // The next build deletes the files that stay.
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
