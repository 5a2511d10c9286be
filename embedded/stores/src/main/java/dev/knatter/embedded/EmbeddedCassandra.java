package dev.knatter.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A Cassandra node on loopback, in a process of its own. That process notices within half a second that its owner has ended
 * for any reason. Then it writes its memory to disk and ends.
 */
public final class EmbeddedCassandra implements AutoCloseable {
  private final Process process;
  private final int port;

  private EmbeddedCassandra(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a node and returns when the node answers, after some seconds.
   *
   * @param data the node's folder, created if it does not exist; the node serves the data that an earlier node wrote there
   * @param port the port for CQL, or 0 for a free one
   * @param ownerPid the process for which the node runs
   * @param progress takes a line of text for the waiting person from time to time
   * @throws CannotStartException if the node does not start
   */
  public static EmbeddedCassandra start(Path data, int port, long ownerPid, Consumer<String> progress) {
    return start(data, port, ownerPid, false, progress, List.of());
  }

  /** Starts a node for tests: schema changes are fast, and the node deletes its data when the owner has ended. */
  public static EmbeddedCassandra startTemporary(Path data, long ownerPid, Consumer<String> progress) {
    return startTemporary(data, ownerPid, progress, List.of());
  }

  /** @param more further lines of the node's configuration */
  public static EmbeddedCassandra startTemporary(Path data, long ownerPid, Consumer<String> progress,
      List<String> more) {
    return start(data, 0, ownerPid, true, progress, more);
  }

  /** Deletes the data of a node. If the node still writes, this waits for it first. */
  public static void forget(Path data) {
    if (!Files.isDirectory(data)) {
      return;
    }
    try (FileChannel lock = FileChannel.open(data.resolve("lock"), CREATE, WRITE)) {
      lock.lock();
      try (Stream<Path> paths = Files.walk(data)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmbeddedCassandra start(Path folder, int wishedPort, long ownerPid, boolean temporary,
      Consumer<String> progress, List<String> more) {
    int port = Ports.choose("Cassandra", wishedPort);
    Path data = folder.toAbsolutePath();
    try {
      Files.createDirectories(data);
      Files.deleteIfExists(data.resolve("ready"));
      Path yaml = new CassandraYaml(data, port, Ports.choose("Cassandra", 0), temporary, more).write();
      CassandraCommand command = new CassandraCommand(Jdk17.find(), yaml, data, ProcessIdentity.of(ownerPid),
          temporary);
      Path log = data.resolve("cassandra.log");
      Process process = new ProcessBuilder(command.arguments()).directory(data.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
      new Startup("Cassandra", process, log, progress).await(() -> isReady(data, process));
      return new EmbeddedCassandra(process, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isReady(Path data, Process process) {
    try {
      return Files.readString(data.resolve("ready")).equals(Long.toString(process.pid()));
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns host and port for the driver. */
  public String contactPoint() {
    return "127.0.0.1:" + port;
  }

  public String datacenter() {
    return "datacenter1";
  }

  public long pid() {
    return process.pid();
  }

  /** Stops the node after it has written its memory to disk. */
  @Override
  public void close() {
    Startup.stop(process);
  }
}
