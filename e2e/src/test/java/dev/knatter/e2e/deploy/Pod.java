package dev.knatter.e2e.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.knatter.embedded.ChildProcess;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A process that serves some paths at a port of its own, and keeps the port when it is started again; or an address behind
 * which somebody else runs it.
 */
public final class Pod {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration END = Duration.ofSeconds(60);

  private final String name;
  private final URI address;
  private final List<String> options;
  private final Map<String, String> env;
  private final Path log;
  private @Nullable ChildProcess process;

  /** Starts it and does not wait until it is ready. */
  Pod(String name, int port, List<String> options, Map<String, String> env, Path log) {
    this(name, URI.create("http://127.0.0.1:" + port), options, env, log);
    this.process = Jvm.start(options, env, log);
  }

  private Pod(String name, URI address, List<String> options, Map<String, String> env, Path log) {
    this.name = name;
    this.address = address;
    this.options = options;
    this.env = env;
    this.log = log;
  }

  /** @param address of the product, without a path */
  static Pod at(URI address) {
    return new Pod(address.toString(), address, List.of(), Map.of(), Path.of("no-log"));
  }

  /** Whether somebody else runs it, behind whatever gateways there are. */
  public boolean isRemote() {
    return process == null;
  }

  public int port() {
    return address.getPort();
  }

  public URI uri(String pathAndQuery) {
    return URI.create(address + pathAndQuery);
  }

  public Path log() {
    return log;
  }

  private ChildProcess process() {
    return Objects.requireNonNull(process, "Not our process: mark the test as @Inside.");
  }

  public void awaitReady() {
    Awaitility.await(name + " is ready, or see " + log)
      .atMost(PATIENCE)
      .pollInterval(Duration.ofMillis(50))
      .failFast(name + " has ended, see " + log, () -> !process().isAlive())
      .until(this::isReady);
  }

  public boolean isAlive() {
    return process().isAlive();
  }

  public boolean isReady() {
    return ChildProcess.isHealthy(address);
  }

  /** What the kernel says of its memory, in bytes: {@code VmHWM}, {@code VmSwap} and the like (proc(5)). */
  public long memory(String field) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process().pid()), "status"))) {
      return lines.filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops it in the middle of whatever it does (SIGSTOP); to others it is there and does not answer. */
  public void pause() {
    process().signal("STOP");
  }

  public void goOn() {
    process().signal("CONT");
  }

  /** Ends it in the middle of whatever it does (SIGKILL). */
  public void kill() {
    process().signal("KILL");
    int _ = exitStatus();
  }

  /** Asks it to end (SIGTERM), and does not wait for it. */
  public void terminate() {
    process().signal("TERM");
  }

  /** Waits for its end and returns the exit status. */
  public int exitStatus() {
    try {
      return process().exitStatus(END);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts it again after its end, at the same port. */
  public void restart() {
    process = Jvm.start(options, env, log);
    awaitReady();
  }

  void close() {
    if (process().isAlive()) {
      kill();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
