package dev.knatter.client.send;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import dev.knatter.client.http.Json;
import dev.knatter.client.http.PrivateFiles;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Keeps messages in a folder, a file for each, which only their owner can read. A method returns when the disk has it, so that
 * messages survive a crash of the machine. One program at a time uses a folder.
 */
public final class FileOutbox implements Outbox {
  private static final String LOCK = "lock";
  private static final String ENDING = ".json";
  /** So many programs of one user may send at the same time. */
  private static final int FOLDERS = 1_000;

  private final Path folder;
  private final FileChannel channel;
  private final Clock clock;
  private final AtomicLong numbers;

  private FileOutbox(Path folder, FileChannel channel, Clock clock) throws IOException {
    this.folder = folder;
    this.channel = channel;
    this.clock = clock;
    List<Path> files = files(folder);
    this.numbers = new AtomicLong(files.isEmpty() ? 0 : number(files.get(files.size() - 1)));
  }

  /** @throws IllegalStateException if another program uses the folder */
  public static FileOutbox open(Path folder) {
    return tryOpen(folder, Clock.systemUTC())
      .orElseThrow(() -> new IllegalStateException("Another program uses the outbox " + folder + "."));
  }

  /**
   * Opens one of the folders of a parent that no other program uses: one with messages that a program has left behind, else
   * the first one. For programs of which several may run at once.
   */
  public static FileOutbox openIn(Path parent) {
    Clock clock = Clock.systemUTC();
    for (Path left : withMessages(parent)) {
      Optional<FileOutbox> outbox = tryOpen(left, clock);
      if (outbox.isPresent()) {
        return outbox.get();
      }
    }
    for (int i = 0; i < FOLDERS; i++) {
      Optional<FileOutbox> outbox = tryOpen(parent.resolve(Integer.toString(i)), clock);
      if (outbox.isPresent()) {
        return outbox.get();
      }
    }
    throw new IllegalStateException("Other programs use all outboxes in " + parent + ".");
  }

  private static List<Path> withMessages(Path parent) {
    List<Path> found = new ArrayList<>();
    for (int i = 0; i < FOLDERS; i++) {
      Path folder = parent.resolve(Integer.toString(i));
      if (!Files.isDirectory(folder)) {
        break;
      }
      if (!files(folder).isEmpty()) {
        found.add(folder);
      }
    }
    return found;
  }

  private static Optional<FileOutbox> tryOpen(Path folder, Clock clock) {
    try {
      PrivateFiles.makeFolder(folder);
      FileChannel channel = PrivateFiles.openLock(folder.resolve(LOCK));
      if (lock(channel) == null) {
        channel.close();
        return Optional.empty();
      }
      return Optional.of(new FileOutbox(folder, channel, clock));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lock lasts as long as the channel is open. Null if somebody else has it, also within this program. */
  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public List<OutboxEntry> entries() {
    return files(folder).stream().map(FileOutbox::read).toList();
  }

  /** A damaged file is not skipped: somebody wrote it, and must learn that it was not sent. */
  private static OutboxEntry read(Path file) {
    try {
      return Json.read(Files.readAllBytes(file), OutboxEntry.class);
    } catch (JacksonException e) {
      throw new IllegalStateException(file + " holds no message. Look at it, and delete it.", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().matches("\\d{19}\\.json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - ENDING.length()));
  }

  private Path file(OutboxEntry entry) {
    return folder.resolve("%019d%s".formatted(entry.number(), ENDING));
  }

  @Override
  public OutboxEntry add(UUID userId, Draft draft) {
    OutboxEntry entry = new OutboxEntry(numbers.incrementAndGet(), userId, draft, null, clock.instant());
    update(entry);
    return entry;
  }

  @Override
  public void update(OutboxEntry entry) {
    try {
      PrivateFiles.replace(file(entry), Json.bytes(entry));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Not forced to the disk: what comes back after a crash is sent again under its clientId, and is the same message. */
  @Override
  public void remove(OutboxEntry entry) {
    try {
      Files.deleteIfExists(file(entry));
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
