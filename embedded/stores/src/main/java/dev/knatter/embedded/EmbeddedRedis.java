package dev.knatter.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A Redis 6.2 on loopback, in a process of its own that ends with the JVM which started it, whatever happened to
 * that JVM. It keeps nothing on disk: Redis holds only what may be lost.
 */
public final class EmbeddedRedis implements AutoCloseable {
  /**
   * Prints the process id of Redis, which is not that of this shell. Reading ends when the launcher's end of the
   * pipe is closed, and the kernel closes it when the launcher is gone.
   */
  private static final String UNTIL_LAUNCHER_IS_GONE = """
      trap '' INT TERM
      exec 3<&0
      "$@" >&2 3<&- &
      redis=$!
      echo $redis
      { read -r _ <&3; kill -9 $redis; } &
      wait $redis
      kill -9 $!""";

  private static final String LOOPBACK = "bind 127.0.0.1";

  private final Process keeper;
  private final long pid;
  private final int port;

  private EmbeddedRedis(Process keeper, long pid, int port) {
    this.keeper = keeper;
    this.pid = pid;
    this.port = port;
  }

  /**
   * Starts a server and returns when it answers, some milliseconds later.
   *
   * @param folder for its log, made when missing
   * @param wishedPort the port to listen on, or 0 for one that is free
   * @param progress takes a line for the person who waits, now and then
   * @throws CannotStartException if it does not come up
   */
  public static EmbeddedRedis start(Path folder, int wishedPort, Consumer<String> progress) {
    return start(folder, wishedPort, progress, List.of());
  }

  /** @param more lines of its configuration */
  public static EmbeddedRedis start(Path folder, int wishedPort, Consumer<String> progress,
      List<String> more) {
    return start(folder, wishedPort, progress, LOOPBACK, more);
  }

  /** As Redis comes out of its box: it listens on all addresses, and denies whoever does not come from 127.0.0.1. */
  public static EmbeddedRedis startProtected(Path folder, Consumer<String> progress) {
    return start(folder, 0, progress, "protected-mode yes", List.of());
  }

  private static EmbeddedRedis start(Path folder, int wishedPort, Consumer<String> progress, String access,
      List<String> more) {
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
      Process keeper = new ProcessBuilder("/bin/sh", "-c", UNTIL_LAUNCHER_IS_GONE, "redis",
          RedisBinary.path().toString(), configuration.toString())
        .directory(folder.toFile())
        .redirectError(log.toFile())
        .start();
      long pid = pid(keeper);
      new Startup("Redis", keeper, log, progress).await(() -> answers(port));
      return new EmbeddedRedis(keeper, pid, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long pid(Process keeper) throws IOException {
    String line = keeper.inputReader(StandardCharsets.US_ASCII).readLine();
    if (line == null) {
      throw new CannotStartException("Redis could not be launched.");
    }
    return Long.parseLong(line);
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
    return pid;
  }

  @Override
  public void close() {
    Startup.stop(keeper);
  }
}
