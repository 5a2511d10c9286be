package dev.knatter.client.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import dev.knatter.client.http.Backoff;
import dev.knatter.client.http.Json;
import dev.knatter.client.http.PrivateFiles;
import tools.jackson.core.JacksonException;

/** Keeps a session in a file that only its owner can read. Programs that share the file take turns, by a lock beside it. */
public final class FileSessionStore implements SessionStore {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Path folder;
  private final Path file;
  private final Lock turns = new ReentrantLock();

  public FileSessionStore(Path file) {
    this.file = file.toAbsolutePath();
    this.folder = Objects.requireNonNull(this.file.getParent(), "a file is in a folder");
  }

  @Override
  public Optional<StoredSession> load() {
    try {
      return Optional.of(Json.read(Files.readAllBytes(file), StoredSession.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JacksonException e) {
      throw new IllegalStateException(file + " holds no session. Delete it, and log in.", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void save(StoredSession session) {
    try {
      PrivateFiles.makeFolder(folder);
      PrivateFiles.replace(file, Json.bytes(session));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void clear() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void exclusively(Runnable work) {
    turns.lock();
    try {
      PrivateFiles.makeFolder(folder);
      try (FileChannel channel = PrivateFiles.openLock(file.resolveSibling(file.getFileName() + ".lock"))) {
        lock(channel);
        work.run();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      turns.unlock();
    }
  }

  /**
   * Until the channel is closed. Of two stores of one file in this program, the second one is refused by an exception and does
   * not wait.
   */
  private static void lock(FileChannel channel) throws IOException {
    while (true) {
      try {
        var unused = channel.lock();
        return;
      } catch (OverlappingFileLockException e) {
        Backoff.pause(PAUSE);
      }
    }
  }
}
