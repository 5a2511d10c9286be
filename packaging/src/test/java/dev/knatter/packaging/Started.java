package dev.knatter.packaging;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import dev.knatter.embedded.ChildProcess;
import dev.knatter.embedded.Ports;

/** A packaged program, started by its script. */
final class Started implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ChildProcess process;
  private final Path output;
  private final int port;

  private Started(ChildProcess process, Path output, int port) {
    this.process = process;
    this.output = output;
    this.port = port;
  }

  /** @param elsewhere a folder to start it from, which is not its own */
  static Started run(PackageFolder packaged, Map<String, String> environment, Path elsewhere)
      throws IOException {
    int port = Ports.free();
    Path output = Files.createTempFile(elsewhere, "output", "");
    Map<String, String> all = new HashMap<>(environment);
    all.put("PORT", Integer.toString(port));
    return new Started(ChildProcess.start(packaged.command(), elsewhere, all, output), output, port);
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
    return process.becomesHealthy(uri("/"), LIMIT);
  }

  int exitStatus() throws InterruptedException {
    return process.exitStatus(LIMIT);
  }

  /** Asks it to end by SIGTERM. */
  int stop() throws InterruptedException {
    process.terminate();
    return exitStatus();
  }

  @Override
  public void close() {
    process.close();
  }
}
