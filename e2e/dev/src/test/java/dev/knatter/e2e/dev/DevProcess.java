package dev.knatter.e2e.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.knatter.embedded.Checkout;

/** {@code ./knatter dev} as somebody at a terminal runs it. */
final class DevProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final HttpClient http = HttpClient.newHttpClient();
  /** The product and its Cassandra live for seconds, and a second compiler would mostly compile what runs once. */
  private static final Map<String, String> SHORT_LIVED = Map.of("JDK_JAVA_OPTIONS",
      "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

  private final Process process;
  private final Path data;
  private final int port;
  private final Path output;

  private DevProcess(Process process, Path data, int port, Path output) {
    this.process = process;
    this.data = data;
    this.port = port;
    this.output = output;
  }

  static DevProcess start(Path data, int port, Map<String, String> env, String... options)
      throws IOException {
    List<String> command = new ArrayList<>();
    if (Signals.interruptIsIgnored()) {
      command.addAll(List.of("env", "--default-signal=INT")); // as a terminal has it
    }
    command.addAll(List.of(Checkout.root().resolve("knatter").toString(), "dev"));
    command.addAll(List.of(options));
    Path output = Files.createTempFile("knatter-dev", ".out");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
      .redirectOutput(output.toFile());
    builder.environment()
      .putAll(Map.of("KNATTER_PORT", Integer.toString(port), "KNATTER_DATA", data.toString()));
    builder.environment().putAll(SHORT_LIVED);
    builder.environment().putAll(env);
    return new DevProcess(builder.start(), data, port, output);
  }

  long pid() {
    return process.pid();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  DevProcess awaitReady() {
    await().atMost(PATIENCE).until(() -> {
      assertThat(process.isAlive()).as(output()).isTrue();
      return health() == 200;
    });
    return this;
  }

  /** The status of GET /healthz, 0 while nobody listens. */
  int health() {
    try {
      return http.send(HttpRequest.newBuilder(uri("/healthz")).build(), BodyHandlers.discarding())
        .statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  int post(String path, String json) throws IOException, InterruptedException {
    return post(path, json, "").statusCode();
  }

  /** @param token of who calls; empty for nobody */
  HttpResponse<String> post(String path, String json, String token) throws IOException, InterruptedException {
    return exchange(HttpRequest.newBuilder(uri(path))
      .header("Content-Type", "application/json")
      .POST(HttpRequest.BodyPublishers.ofString(json)), token);
  }

  HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
    return exchange(HttpRequest.newBuilder(uri(path)), token);
  }

  private static HttpResponse<String> exchange(HttpRequest.Builder request, String token)
      throws IOException, InterruptedException {
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** What Ctrl-C does: the signal goes to everything that the terminal runs in its foreground. */
  void interrupt() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-INT", Long.toString(pid())));
    process.descendants().forEach(child -> command.add(Long.toString(child.pid())));
    new ProcessBuilder(command).start().waitFor();
  }

  void terminate() {
    process.destroy();
  }

  void kill() {
    process.destroyForcibly();
  }

  /** SIGKILL to everything at once: the stores first, or they would live a moment longer. */
  void killWithItsStores() {
    process.descendants().toList().forEach(ProcessHandle::destroyForcibly);
    kill();
    awaitNobodyLeft();
  }

  int awaitExit() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(output()).isTrue();
    return process.exitValue();
  }

  /** Processes of whatever kind that work in the data folder. */
  List<ProcessHandle> leftBehind() {
    return ProcessHandle.allProcesses()
      .filter(child -> child.pid() != pid())
      .filter(child -> child.info().commandLine().orElse("").contains(data.toString()))
      .toList();
  }

  void awaitNobodyLeft() {
    await().atMost(PATIENCE).until(() -> leftBehind().isEmpty());
  }

  @Override
  public void close() throws IOException {
    kill();
    Files.deleteIfExists(output);
  }
}
