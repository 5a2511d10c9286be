package dev.knatter.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Debian's Pushpin on loopback, a GRIP proxy that holds connections for one process of the function stream. Its processes end when
 * the JVM that started them ends. It keeps its ports when it is started again.
 */
public final class EmbeddedPushpin implements Closeable {
  /** What to do where {@link #isInstalled} is false. */
  public static final String MISSING = "Pushpin is not installed: apt-get install pushpin zurl condure";

  private static final List<String> PROGRAMS = List.of("pushpin", "zurl", "condure");
  private static final Path BIN = Path.of("/usr/bin");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LOOK_EVERY_MILLIS = 20;

  private final Path folder;
  private final String key;
  private final int connections;
  private final int port = Ports.freePair();
  private final int control = Ports.freePair();
  private final List<ChildProcess> running = new ArrayList<>();

  private EmbeddedPushpin(Path folder, String key, int connections) {
    this.folder = folder;
    this.key = key;
    this.connections = connections;
  }

  /** Whether Debian's packages are there. */
  public static boolean isInstalled() {
    return PROGRAMS.stream().allMatch(program -> Files.isExecutable(BIN.resolve(program)));
  }

  /**
   * Chooses the ports, and starts nothing yet.
   *
   * @param key         what the proxy and the function share
   * @param connections how many it holds at most
   */
  public static EmbeddedPushpin create(String key, int connections) {
    try {
      // A short path: those of sockets have at most 107 bytes.
      return new EmbeddedPushpin(Files.createTempDirectory("pushpin"), key, connections);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With these variables, functions publish to this proxy and trust it. */
  public Map<String, String> env() {
    return Map.of("KNATTER_GRIP", "http://127.0.0.1:" + control + "/publish/", "KNATTER_GRIP_KEY", key);
  }

  /** The port of clients. */
  public int port() {
    return port;
  }

  /**
   * Starts it before a process that listens on a port, and returns when it takes connections.
   *
   * @throws CannotStartException if it does not start
   */
  public void start(int backEnd) {
    try {
      Files.createDirectories(folder.resolve("log"));
      Files.writeString(folder.resolve("routes"), "* 127.0.0.1:%d,over_http\n".formatted(backEnd));
      Files.writeString(folder.resolve("zurl.conf"), zurl());
      Files.writeString(folder.resolve("pushpin.conf"), pushpin());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    launch();
  }

  private void launch() {
    running.add(child("zurl", List.of("--config=" + folder.resolve("zurl.conf"))));
    running.add(child("pushpin", List.of("--config=" + folder.resolve("pushpin.conf"), "--merge-output")));
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!takesConnections(port) || !takesConnections(control)) {
      if (System.nanoTime() > end) {
        throw new CannotStartException("Pushpin does not listen; see " + folder);
      }
      pause();
    }
  }

  private ChildProcess child(String program, List<String> options) {
    List<String> command = new ArrayList<>(List.of(BIN.resolve(program).toString()));
    command.addAll(options);
    return ChildProcess.start(command, folder, Map.of(), folder.resolve(program + ".log"));
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotStartException("Stopped while Pushpin was starting.", e);
    }
  }

  private static boolean takesConnections(int port) {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** All of its processes. */
  public List<Long> pids() {
    return handles().map(ProcessHandle::pid).toList();
  }

  /** Ends all of its processes in the middle of whatever they do (SIGKILL), and starts it again. */
  public void killAndRestart() {
    kill();
    launch();
  }

  private void kill() {
    List<ProcessHandle> all = handles().toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(each -> each.onExit().join());
    running.clear();
  }

  private Stream<ProcessHandle> handles() {
    return running.stream()
      .flatMap(process -> ProcessHandle.of(process.pid()).stream())
      .flatMap(handle -> Stream.concat(handle.descendants(), Stream.of(handle)));
  }

  private String zurl() {
    return """
        [General]
        in_spec=ipc://%1$s/zurl-in
        in_stream_spec=ipc://%1$s/zurl-in-stream
        out_spec=ipc://%1$s/zurl-out
        in_req_spec=ipc://%1$s/zurl-req
        defpolicy=allow
        allow=
        deny=
        max_open_requests=2000
        buffer_size=200000
        timeout=60
        in_hwm=1000
        out_hwm=1000
        """.formatted(folder);
  }

  private String pushpin() {
    return """
        [global]
        include={libdir}/internal.conf
        rundir=%1$s
        ipc_prefix=p-
        port_offset=0

        [runner]
        services=condure,pushpin-proxy,pushpin-handler
        http_port=%2$d
        logdir=%1$s/log
        log_level=2
        client_buffer_size=8192
        client_maxconn=%5$d

        [proxy]
        routesfile=%1$s/routes
        sig_iss=pushpin
        sig_key=%4$s
        zurl_out_specs=ipc://%1$s/zurl-in
        zurl_out_stream_specs=ipc://%1$s/zurl-in-stream
        zurl_in_specs=ipc://%1$s/zurl-out
        updates_check=off

        [handler]
        push_in_spec=ipc://%1$s/push-in
        push_in_sub_specs=ipc://%1$s/push-in-sub
        command_spec=ipc://%1$s/command
        stats_spec=ipc://%1$s/stats
        push_in_http_addr=127.0.0.1
        push_in_http_port=%3$d
        push_in_http_max_headers_size=10000
        push_in_http_max_body_size=1000000
        message_rate=10000
        message_hwm=50000
        connection_subscription_max=20
        """.formatted(folder, port, control, key, connections);
  }

  /** Ends all of its processes and deletes its files. */
  @Override
  public void close() {
    kill();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
