package dev.knatter.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A Redis 6.2 on loopback, in a process of its own. That process ends when the JVM that started it ends for any reason. It
 * writes nothing to disk, because Redis holds only data that may be lost.
 */
public final class EmbeddedRedis implements AutoCloseable {
  private static final String LOOPBACK = "bind 127.0.0.1";

  private final ChildProcess process;
  private final int port;

  private EmbeddedRedis(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a server and returns when the server answers, after some milliseconds.
   *
   * @param folder the folder for its log, created if it does not exist
   * @param wishedPort the port to listen on, or 0 for a free one
   * @param progress takes a line of text for the waiting person from time to time
   * @throws CannotStartException if the server does not start
   */
  public static EmbeddedRedis start(Path folder, int wishedPort, Consumer<String> progress) {
    return start(folder, wishedPort, progress, List.of());
  }

  /** @param more further lines of its configuration */
  public static EmbeddedRedis start(Path folder, int wishedPort, Consumer<String> progress,
      List<String> more) {
    return start(folder, wishedPort, progress, LOOPBACK, more, List.of());
  }

  /** Starts a server with the defaults of Redis: it listens on all addresses and refuses clients that are not on 127.0.0.1. */
  public static EmbeddedRedis startProtected(Path folder, Consumer<String> progress) {
    return start(folder, 0, progress, "protected-mode yes", List.of(), List.of());
  }

  /** Starts a Sentinel, which watches other servers. */
  public static EmbeddedRedis startSentinel(Path folder, Consumer<String> progress, List<String> more) {
    return start(folder, 0, progress, LOOPBACK, more, List.of("--sentinel"));
  }

  private static EmbeddedRedis start(Path folder, int wishedPort, Consumer<String> progress, String access,
      List<String> more, List<String> options) {
    int port = Ports.choose("Redis", wishedPort);
    try {
      Files.createDirectories(folder);
      Path log = folder.resolve("redis.log");
      Path configuration = Files.writeString(folder.toAbsolutePath().resolve("redis.conf"), """
          port %d
          %s
          save ""
          appendonly no
          %s
          """.formatted(port, access, String.join("\n", more)));
      Files.deleteIfExists(log);
      List<String> command = new ArrayList<>(
          List.of(RedisBinary.path().toString(), configuration.toString()));
      command.addAll(options);
      ChildProcess process = ChildProcess.start(command, folder, Map.of(), log);
      new Startup("Redis", process.shell(), log, progress).await(() -> answers(port));
      return new EmbeddedRedis(process, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(1000);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII).equals("+PONG");
    } catch (IOException e) {
      return false;
    }
  }

  public int port() {
    return port;
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.close();
  }
}
