package dev.knatter.testing;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import dev.knatter.embedded.Checkout;
import dev.knatter.embedded.EmbeddedCassandra;

/**
 * One Cassandra for the whole build. The first test that needs it starts it, and the tests of later modules find it. When
 * the build ends, it deletes its data and ends.
 *
 * @param folder holds the files of this build only
 */
record BuildCassandra(Path folder, long pid, String contactPoint, String datacenter) {
  private static final Path BUILDS = Checkout.root().resolve(".knatter/build");
  private static final String DATA = "cassandra";

  static synchronized BuildCassandra get() {
    Build build = Build.current();
    Path folder = BUILDS.resolve(build.folder());
    try {
      sweep();
      Files.createDirectories(folder);
      try (FileChannel channel = FileChannel.open(folder.resolve("test.lock"), CREATE, WRITE)) {
        channel.lock();
        return find(folder, build);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Cassandra has written to its log. */
  Path log() {
    return folder.resolve(DATA).resolve("cassandra.log");
  }

  private static BuildCassandra find(Path folder, Build build) throws IOException {
    Path running = folder.resolve("running");
    if (Files.exists(running)) {
      List<String> lines = Files.readAllLines(running);
      long pid = Long.parseLong(lines.getFirst());
      if (ProcessHandle.of(pid).isPresent()) {
        return new BuildCassandra(folder, pid, lines.get(1), lines.get(2));
      }
    }
    EmbeddedCassandra cassandra = EmbeddedCassandra.startTemporary(folder.resolve(DATA), build.pid(),
        _ -> {});
    Files.write(running,
        List.of(Long.toString(cassandra.pid()), cassandra.contactPoint(), cassandra.datacenter()));
    return new BuildCassandra(folder, cassandra.pid(), cassandra.contactPoint(), cassandra.datacenter());
  }

  /** Deletes the folders of builds that were killed. */
  private static void sweep() throws IOException {
    if (!Files.isDirectory(BUILDS)) {
      return;
    }
    try (Stream<Path> folders = Files.list(BUILDS)) {
      for (Path folder : folders.filter(path -> !Build.isAlive(path.getFileName().toString())).toList()) {
        delete(folder);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException e) {
      // The Cassandra of that build deletes the folder at the same time.
    }
  }
}
