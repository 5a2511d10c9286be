package dev.knatter.embedded;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A separate JVM that owns a store in a folder. Tests kill it. */
record Launched(Process process, Path folder) {
  static Launched start(String store, Path folder) throws IOException {
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "-cp", System.getProperty("java.class.path"), LaunchMain.class.getName(), store, folder.toString())
      .redirectError(ProcessBuilder.Redirect.INHERIT)
      .start();
    return new Launched(process, folder);
  }

  /** Waits until the store answers, and returns its process id and its address. */
  List<String> awaitStarted() throws IOException {
    return List.of(process.inputReader(StandardCharsets.UTF_8).readLine().split(" ", -1));
  }

  /** Returns the processes that run for the folder, without the owner. */
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

  /** Sends SIGKILL to the owner only. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void awaitNobodyLeft() {
    await().atMost(Duration.ofSeconds(60)).until(() -> children().isEmpty());
  }
}
