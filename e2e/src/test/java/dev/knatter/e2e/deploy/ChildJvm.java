package dev.knatter.e2e.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM on this one's class path, that ends with this one, whatever happened to it. */
final class ChildJvm {
  /**
   * The shell, because the child cannot notice our end while it is stopped. Reading ends when our end of the pipe is
   * closed, and the kernel closes it when we are gone.
   */
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
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process keeper;
  private final long pid;

  private ChildJvm(Process keeper, long pid) {
    this.keeper = keeper;
    this.pid = pid;
  }

  /** @param options of the JVM, and its main class */
  static ChildJvm start(List<String> options, Map<String, String> env, Path log) {
    List<String> command = new ArrayList<>(
        List.of("/bin/sh", "-c", UNTIL_WE_ARE_GONE, "keeper", log.toString(),
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp", System.getProperty("java.class.path"),
            "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m",
            "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("KNATTER_"));
    builder.environment().putAll(env);
    try {
      Process keeper = builder.start();
      String pid = keeper.inputReader(StandardCharsets.US_ASCII).readLine();
      if (pid == null) {
        throw new IOException("The shell did not start " + options);
      }
      return new ChildJvm(keeper, Long.parseLong(pid));
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

  /** @param signal its name as {@code kill} takes it, without SIG */
  void signal(String signal) {
    try {
      int status = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).inheritIO().start().waitFor();
      if (status != 0 && isAlive()) {
        throw new IllegalStateException("kill -" + signal + " ended with " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for its end and returns its exit status; 128 + n when signal n ended it. */
  int exitStatus() {
    try {
      if (!keeper.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        signal("KILL");
        throw new IllegalStateException("Process " + pid + " did not end within " + PATIENCE);
      }
      return keeper.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
