package dev.knatter.bench.process;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.knatter.embedded.ChildProcess;
import dev.knatter.embedded.Ports;

/** One program that serves, as one process: what is one Knative service in a cluster. */
public final class FunctionProcess implements Closeable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final byte[] HEALTH = HttpConnection.request("GET /healthz", "", "");

  private final String name;
  private final int port;
  private final ChildProcess child;
  private long listening;

  private FunctionProcess(String name, int port, ChildProcess child) {
    this.name = name;
    this.port = port;
    this.child = child;
  }

  public static FunctionProcess prepare(String name, List<String> command, Map<String, String> environment,
      Path logs) {
    int port = Ports.free();
    Map<String, String> all = new HashMap<>(environment);
    all.put("PORT", Integer.toString(port));
    return new FunctionProcess(name, port,
        ChildProcess.prepare(command, Path.of(""), all, logs.resolve(name + ".log")));
  }

  public String name() {
    return name;
  }

  public int port() {
    return port;
  }

  public long pid() {
    return child.pid();
  }

  public void start() {
    child.start();
  }

  /** A connection over which the program has said that it is ready. Asks as impatiently as a queue-proxy does. */
  public HttpConnection awaitReady() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < end) {
      if (!child.isAlive()) {
        throw new IllegalStateException("%s has ended:%n%s".formatted(name, child.lastLines()));
      }
      try {
        HttpConnection connection = new HttpConnection(port);
        listening = listening == 0 ? System.nanoTime() : listening;
        while (System.nanoTime() < end) {
          if (connection.exchange(HEALTH) == 200) {
            return connection;
          }
          TimeUnit.MILLISECONDS.sleep(2);
        }
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(2);
      }
    }
    throw new IllegalStateException(name + " is not ready after a minute.");
  }

  /** When it took the first connection of {@link #awaitReady}, by {@link System#nanoTime}. */
  public long listeningNanos() {
    return listening;
  }

  /** Asks it to end, and waits until it has. */
  public void stop(Duration patience) throws InterruptedException {
    child.terminate();
    int _ = child.exitStatus(patience);
  }

  @Override
  public void close() {
    child.close();
  }
}
