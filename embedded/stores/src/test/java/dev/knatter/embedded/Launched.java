package dev.knatter.embedded;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A JVM of its own that owns a store in a folder, to be killed. */
record Launched(Process process, Path folder) {
  static Launched start(String store, Path folder) throws IOException {
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "-cp", System.getProperty("java.class.path"), LaunchMain.class.getName(), store, folder.toString())
      .redirectError(ProcessBuilder.Redirect.INHERIT)
      .start();
    return new Launched(process, folder);
  }

  /** Process id and address, once the store answers. */
  List<String> awaitStarted() throws IOException {
    return List.of(process.inputReader(StandardCharsets.UTF_8).readLine().split(" ", -1));
  }

  /** What runs for the folder, besides the owner itself. */
  List<ProcessHandle> children() {
    return ProcessHandle.allProcesses()
      .filter(child -> child.pid() != process.pid())
      .filter(child -> child.info().commandLine().orElse("").contains(folder.toString()))
      .toList();
  }

  void awaitChild() {
    await().pollInterval(Duration.ofMillis(5))
      .atMost(Duration.ofSeconds(60))
      .until(() -> !children().isEmpty());
  }

  /** SIGKILL, to the owner alone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void awaitNobodyLeft() {
    await().atMost(Duration.ofSeconds(60)).until(() -> children().isEmpty());
  }
}
