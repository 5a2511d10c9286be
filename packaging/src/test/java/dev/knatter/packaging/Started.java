package dev.knatter.packaging;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A packaged program, started by its script. */
final class Started implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path output;
  private final int port;

  private Started(Process process, Path output, int port) {
    this.process = process;
    this.output = output;
    this.port = port;
  }

  /** @param elsewhere a folder to start it from, which is not its own */
  static Started run(PackageFolder packaged, Map<String, String> environment, Path elsewhere)
      throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Path output = Files.createTempFile(elsewhere, "output", "");
    ProcessBuilder builder = new ProcessBuilder(packaged.folder().resolve("run").toString())
      .directory(elsewhere.toFile())
      .redirectErrorStream(true)
      .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("PORT", Integer.toString(port));
    return new Started(builder.start(), output, port);
  }

  long pid() {
    return process.pid();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  String output() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  /** Whether it answers in the end, and does not end instead. */
  boolean becomesReady() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (process.isAlive() && System.nanoTime() < end) {
      try {
        HttpURLConnection connection = (HttpURLConnection) uri("/healthz").toURL().openConnection();
        if (connection.getResponseCode() == 200) {
          return true;
        }
      } catch (IOException e) {
        // not yet
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return false;
  }

  int exitStatus() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("It does not end.");
    }
    return process.exitValue();
  }

  /** Asks it to end by SIGTERM. */
  int stop() throws InterruptedException {
    process.destroy();
    return exitStatus();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
