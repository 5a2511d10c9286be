package dev.knatter.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Cassandra's log says of reads that met many tombstones. Such a read is slow, and fails when there are more of them: the
 * schema or a statement is wrong.
 */
final class TombstoneWarnings {
  private TombstoneWarnings() {}

  /** The warnings about a keyspace. */
  static List<String> of(Path log, String keyspace) {
    // Not in UTF-8, because a warning may contain a part of a value.
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines.filter(line -> line.contains("tombstone") && line.contains(keyspace + ".")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
