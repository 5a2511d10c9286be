package dev.knatter.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program in a process of its own, which ends with this one, whatever happened to this one. Preparing it and
 * starting it are two steps, so that between the start and the program lies nothing but a fork.
 */
final class Child implements AutoCloseable {
  /**
   * Reading ends when our end of the pipe is closed, and the kernel closes it when we are gone. Ctrl-C goes to the
   * whole terminal; the program must not hear it, or it would end before we do.
   */
  private static final String KEEPER = """
      trap '' INT
      log=$1
      shift
      exec 3<&0
      echo prepared
      read -r _ <&3 || exit 0
      "$@" </dev/null >>"$log" 2>&1 3<&- &
      child=$!
      echo $child
      { read -r _ <&3; kill -9 $child; } 2>/dev/null &
      wait $child
      kill -9 $!""";
  private static final long PATIENCE_SECONDS = 15;

  private final Process keeper;
  private final Path log;
  private long pid;

  private Child(Process keeper, Path log) {
    this.keeper = keeper;
    this.log = log;
  }

  static Child prepare(List<String> command, Map<String, String> environment, Path log) {
    List<String> all = new ArrayList<>(List.of("/bin/sh", "-c", KEEPER, "keeper", log.toString()));
    all.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("KNATTER_"));
    builder.environment().putAll(environment);
    try {
      Child child = new Child(builder.start(), log);
      child.line();
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void start() {
    try {
      keeper.getOutputStream().write('\n');
      keeper.getOutputStream().flush();
      pid = Long.parseLong(line());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line() throws IOException {
    String line = keeper.inputReader(StandardCharsets.US_ASCII).readLine();
    if (line == null) {
      throw new IOException("The shell did not run.");
    }
    return line;
  }

  long pid() {
    return pid;
  }

  /** @throws IllegalStateException naming the log, if the program has ended */
  void requireAlive() {
    if (!keeper.isAlive()) {
      throw new IllegalStateException("A program has ended; see " + log);
    }
  }

  /**
   * Asks it to stop, and waits until it has.
   *
   * @throws IllegalStateException naming the log, if it takes longer
   */
  void stop(Duration patience) throws InterruptedException {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    if (!keeper.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("A program does not end; see " + log);
    }
  }

  /** Asks it to stop, and insists after a while. */
  @Override
  public void close() {
    try {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
      if (!keeper.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      }
    } catch (InterruptedException e) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }
}
