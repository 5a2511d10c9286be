package dev.knatter.embedded.cassandra;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import org.apache.cassandra.service.CassandraDaemon;

/**
 * Runs one Cassandra node until somebody stops it or its owner process ends.
 *
 * <p>Arguments: the data folder, the owner's process id, the owner's start (epoch milliseconds), and {@code keep} or
 * {@code delete}, which says what happens to the data folder when the owner has ended. The file {@code ready} in the data folder
 * appears when the node serves CQL, and holds the id of this process.
 */
final class Main {
  private static final long DRAIN_SECONDS = 10;

  private Main() {}

  public static void main(String[] arguments) throws IOException {
    Path data = Path.of(arguments[0]);
    Owner owner = new Owner(Long.parseLong(arguments[1]), Instant.ofEpochMilli(Long.parseLong(arguments[2])));
    boolean delete = arguments[3].equals("delete");
    // This is the first step, so that the node also ends if its owner is killed during the start.
    owner.whenGone(() -> end(data, delete));

    // The previous node may still be writing to the same folder.
    try (FileChannel lock = FileChannel.open(data.resolve("lock"), CREATE, WRITE)) {
      lock.lock();
      new CassandraDaemon().activate();
      Path starting = Files.writeString(data.resolve("ready.tmp"),
          Long.toString(ProcessHandle.current().pid()));
      Files.move(starting, data.resolve("ready"));
      owner.awaitEnd();
    }
  }

  private static void end(Path data, boolean delete) {
    if (delete) {
      Folders.delete(data);
      Runtime.getRuntime().halt(0);
    }
    Thread limit = new Thread(Main::haltAfterDrain, "halt");
    limit.setDaemon(true);
    limit.start();
    // Cassandra's shutdown hook writes all acknowledged data to its files.
    System.exit(0);
  }

  private static void haltAfterDrain() {
    try {
      TimeUnit.SECONDS.sleep(DRAIN_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(1);
  }
}
