package dev.knatter.bench.live;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.knatter.bench.process.FunctionProcess;
import dev.knatter.bench.process.Proc;
import dev.knatter.bench.process.Resources;
import dev.knatter.bench.setup.BenchEnvironment;
import dev.knatter.bench.setup.Packages;
import dev.knatter.embedded.EmbeddedPushpin;
import org.jspecify.annotations.Nullable;

/** The processes of one way to hold connections: the functions {@code stream} and {@code send}, and a proxy or none. */
final class LiveInstallation implements Closeable {
  private static final String KEY = "the key of the live benchmark";
  /** For connections that the proxy has not yet seen end. */
  private static final int ENDING = 1_000;

  private final String name;
  private final FunctionProcess stream;
  private final FunctionProcess send;
  private final @Nullable EmbeddedPushpin pushpin;
  private final Resources resources;

  private LiveInstallation(String name, FunctionProcess stream, FunctionProcess send,
      @Nullable EmbeddedPushpin pushpin, Resources resources) {
    this.name = name;
    this.stream = stream;
    this.send = send;
    this.pushpin = pushpin;
    this.resources = resources;
  }

  /**
   * The process of {@code stream} holds the connections.
   *
   * @param heapMiB of that process
   */
  static LiveInstallation direct(BenchEnvironment bench, int heapMiB) throws Exception {
    return start("stream", bench, heapMiB, null);
  }

  /** @param connections how many Pushpin holds */
  static LiveInstallation pushpin(BenchEnvironment bench, int heapMiB, int connections) throws Exception {
    return start("Pushpin", bench, heapMiB, EmbeddedPushpin.create(KEY, connections + ENDING));
  }

  private static LiveInstallation start(String name, BenchEnvironment bench, int heapMiB,
      @Nullable EmbeddedPushpin pushpin) throws Exception {
    Resources resources = new Resources();
    try {
      Map<String, String> proxies = pushpin == null ? Map.of() : pushpin.env();
      if (pushpin != null) {
        resources.add(pushpin);
      }
      Map<String, String> ofStream = new HashMap<>(proxies);
      // Overrides the heap that the package has chosen.
      ofStream.put("_JAVA_OPTIONS", "-Xms%1$dm -Xmx%1$dm".formatted(heapMiB));
      FunctionProcess stream = resources.add(bench.start("stream", command("stream"), ofStream));
      FunctionProcess send = resources.add(bench.start("send", command("send"), proxies));
      if (pushpin != null) {
        pushpin.start(stream.port());
      }
      return new LiveInstallation(name, stream, send, pushpin, resources);
    } catch (Exception e) {
      resources.close();
      throw e;
    }
  }

  private static List<String> command(String function) {
    return Packages.product(function).command();
  }

  /** Who holds the connections. */
  String name() {
    return name;
  }

  /** Where clients connect. */
  int port() {
    return pushpin == null ? stream.port() : pushpin.port();
  }

  FunctionProcess send() {
    return send;
  }

  /** The JVM that holds the connections; null where Pushpin does. */
  @Nullable
  FunctionProcess holdingJvm() {
    return pushpin == null ? stream : null;
  }

  /** The processes that hold the connections. */
  private List<Long> holders() {
    return pushpin == null ? List.of(stream.pid()) : pushpin.pids();
  }

  /** Processor time of those that hold the connections, in seconds. */
  double cpuSeconds() {
    return holders().stream().mapToDouble(Proc::cpuSeconds).sum();
  }

  /** Resident memory of those that hold the connections, in MiB. */
  double residentMiB() {
    return holders().stream().mapToDouble(Proc::residentMiB).sum();
  }

  @Override
  public void close() throws IOException {
    resources.close();
  }
}
