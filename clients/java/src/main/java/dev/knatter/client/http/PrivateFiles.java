package dev.knatter.client.http;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** Files that only their owner can read, and that are whole or not there, also after a crash. */
public final class PrivateFiles {
  private static final boolean POSIX = FileSystems.getDefault()
    .supportedFileAttributeViews()
    .contains("posix");

  private PrivateFiles() {}

  public static void makeFolder(Path folder) throws IOException {
    Files.createDirectories(folder, mode("rwx------"));
  }

  /** Opens a file that holds nothing and can be locked. */
  public static FileChannel openLock(Path file) throws IOException {
    return FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        mode("rw-------"));
  }

  /** Returns when the disk has it. */
  public static void replace(Path file, byte[] content) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
    Path written = Files.createTempFile(folder, file.getFileName().toString(), ".tmp",
        mode("rw-------"));
    try {
      // No channel: those fail on a thread that is interrupted, and a spent token would stay where its successor belongs.
      try (FileOutputStream out = new FileOutputStream(written.toFile())) {
        out.write(content);
        out.getFD().sync();
      }
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
    force(folder);
  }

  /** The name of a new file is in its folder, which is written apart. Windows does that by itself. */
  private static void force(Path folder) throws IOException {
    if (POSIX) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(/* metaData= */ true);
      } catch (ClosedByInterruptException e) {
        // The file is there. Only a power failure at this moment could undo that.
      }
    }
  }

  private static FileAttribute<?>[] mode(String permissions) {
    if (!POSIX) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
    return new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(set)};
  }
}
