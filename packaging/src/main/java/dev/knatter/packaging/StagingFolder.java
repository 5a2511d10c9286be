package dev.knatter.packaging;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder beside the finished ones, in which packages are made before they become visible. A packager that is killed leaves
 * it as it is, and the next one empties it; no running program uses it.
 */
final class StagingFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel lock;

  private StagingFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** @throws IllegalStateException if another packager is at work */
  static StagingFolder open(Path dist) throws IOException {
    Files.createDirectories(dist);
    FileChannel lock = FileChannel.open(dist.resolve(".lock"), CREATE, WRITE);
    if (!taken(lock)) {
      lock.close();
      throw new IllegalStateException("Another ./knatter package is at work in " + dist + ". Let it finish.");
    }
    Path folder = dist.resolve(".unfinished");
    delete(folder);
    Files.createDirectories(folder);
    return new StagingFolder(folder, lock);
  }

  private static boolean taken(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // by this very process
    }
  }

  Path folder() {
    return folder;
  }

  /** Puts a finished folder into the place of an older one. At no moment is half of one there. */
  void finish(Path made, Path place) throws IOException {
    if (Files.exists(place)) {
      discard(place);
    }
    Files.move(made, place);
  }

  /** Takes a finished folder away, all of it at once. */
  void discard(Path place) throws IOException {
    Files.move(place, folder.resolve("old-" + place.getFileName()));
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Override
  public void close() throws IOException {
    delete(folder);
    lock.close();
  }
}
