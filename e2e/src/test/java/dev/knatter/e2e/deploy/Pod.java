package dev.knatter.e2e.deploy;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;

/** A process that serves some paths at a port of its own, and keeps the port when it is started again. */
public final class Pod {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final String name;
  private final int port;
  private final List<String> options;
  private final Map<String, String> env;
  private final Path log;
  private ChildJvm process;

  /** Starts it and does not wait until it is ready. */
  Pod(String name, int port, List<String> options, Map<String, String> env, Path log) {
    this.name = name;
    this.port = port;
    this.options = options;
    this.env = env;
    this.log = log;
    this.process = ChildJvm.start(options, env, log);
  }

  public int port() {
    return port;
  }

  public URI uri(String pathAndQuery) {
    return URI.create("http://127.0.0.1:" + port + pathAndQuery);
  }

  public Path log() {
    return log;
  }

  public void awaitReady() {
    Awaitility.await(name + " is ready, or see " + log)
      .atMost(PATIENCE)
      .pollInterval(Duration.ofMillis(50))
      .failFast(name + " has ended, see " + log, () -> !process.isAlive())
      .until(this::isReady);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public boolean isReady() {
    try {
      HttpURLConnection connection = (HttpURLConnection) uri("/healthz").toURL().openConnection();
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(1000);
      try {
        return connection.getResponseCode() == 200;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }

  /** Stops it in the middle of whatever it does (SIGSTOP); to others it is there and does not answer. */
  public void pause() {
    process.signal("STOP");
  }

  public void goOn() {
    process.signal("CONT");
  }

  /** Ends it in the middle of whatever it does (SIGKILL). */
  public void kill() {
    process.signal("KILL");
    int _ = process.exitStatus();
  }

  /** Asks it to end (SIGTERM), and does not wait for it. */
  public void terminate() {
    process.signal("TERM");
  }

  /** Waits for its end and returns the exit status. */
  public int exitStatus() {
    return process.exitStatus();
  }

  /** Starts it again after its end, at the same port. */
  public void restart() {
    process = ChildJvm.start(options, env, log);
    awaitReady();
  }

  void close() {
    if (process.isAlive()) {
      kill();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
