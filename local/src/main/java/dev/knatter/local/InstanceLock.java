package dev.knatter.local;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.knatter.embedded.CannotStartException;

/**
 * The lock of a data folder, so that one process uses it. The operating system releases the lock when the process
 * ends, so a stale lock file never prevents a start.
 */
final class InstanceLock implements AutoCloseable {
  private final FileChannel channel;
  private final long pid = ProcessHandle.current().pid();

  private InstanceLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws CannotStartException if another process has the folder; it names that process, and its address if it
   *     listens
   */
  static InstanceLock acquire(Path data) {
    Path file = data.resolve("dev.lock");
    try {
      Files.createDirectories(data);
      FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw new CannotStartException(
            "Knatter is already running in %s (%s). Another one beside it needs another port and "
              .formatted(data, Files.readString(file).strip())
                + "folder, e.g. KNATTER_PORT=8090 KNATTER_DATA=.knatter/second ./knatter dev");
      }
      InstanceLock held = new InstanceLock(channel);
      held.write("pid %d, starting".formatted(held.pid));
      return held;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void listens(URI address) {
    write("pid %d, %s".formatted(pid, address));
  }

  private void write(String text) {
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
