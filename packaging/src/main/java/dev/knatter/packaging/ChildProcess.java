package dev.knatter.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A process that ends with this one, whatever happened to this one. */
final class ChildProcess implements AutoCloseable {
  /** Reading ends when our end of the pipe is closed, and the kernel closes it when we are gone. */
  private static final String UNTIL_WE_ARE_GONE = """
      trap '' INT
      log=$1
      shift
      exec 3<&0
      "$@" </dev/null >>"$log" 2>&1 3<&- &
      child=$!
      echo $child
      { read -r _ <&3; kill -9 $child; } 2>/dev/null &
      wait $child
      status=$?
      kill -9 $!
      exit $status""";
  /** Options that a person has set for his JVMs would become part of what is made here. */
  private static final Set<String> OPTIONS = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS",
      "JDK_AOT_VM_OPTIONS");
  private static final int LAST_LINES = 15;

  private final Process keeper;
  private final long pid;
  private final Path log;

  private ChildProcess(Process keeper, long pid, Path log) {
    this.keeper = keeper;
    this.pid = pid;
    this.log = log;
  }

  /** @param environment in addition to ours, of which no variable of the product is passed on */
  static ChildProcess start(List<String> command, Path directory, Map<String, String> environment, Path log) {
    List<String> all = new ArrayList<>(
        List.of("/bin/sh", "-c", UNTIL_WE_ARE_GONE, "keeper", log.toString()));
    all.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(all).directory(directory.toFile())
      .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("KNATTER_") || OPTIONS.contains(name));
    builder.environment().putAll(environment);
    try {
      Process keeper = builder.start();
      String pid = keeper.inputReader(StandardCharsets.US_ASCII).readLine();
      if (pid == null) {
        throw new IOException("The shell did not start " + command.getFirst());
      }
      return new ChildProcess(keeper, Long.parseLong(pid), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return pid;
  }

  boolean isAlive() {
    return keeper.isAlive();
  }

  /** Asks it to end (SIGTERM), and does not wait for it. */
  void terminate() {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
  }

  /**
   * Waits for its end.
   *
   * @throws IllegalStateException with the end of its log, unless it ends with 0 in time
   */
  void requireSuccess(String what, Duration patience) throws InterruptedException {
    if (!keeper.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("%s takes longer than %d s.%n%s".formatted(what, patience.toSeconds(),
          lastWords()));
    }
    if (keeper.exitValue() != 0) {
      throw new IllegalStateException(
          "%s has failed with %d.%n%s".formatted(what, keeper.exitValue(), lastWords()));
    }
  }

  /** The end of its log. */
  String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log)";
    }
  }

  /** Ends it, if it has not ended. */
  @Override
  public void close() {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    keeper.destroy();
  }
}
