package dev.knatter.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A program in a process of its own, which writes its output to a file and ends with this JVM, even when this JVM is
 * killed. A shell starts it: the program itself could not notice the end of this JVM while it is stopped or busy.
 */
public final class ChildProcess implements AutoCloseable {
  /**
   * The shell prepares itself, starts the program when it reads a line, and prints the program's process id. Then it reads
   * until the kernel closes the pipe, which happens when this JVM ends. Ctrl-C goes to all processes of the terminal; the
   * program must ignore it, or it would end before this JVM does.
   */
  private static final String SHELL = """
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
      status=$?
      kill -9 $!
      exit $status""";
  /** Options that a developer has set for their own JVMs. */
  private static final Set<String> JVM_OPTIONS = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS",
      "_JAVA_OPTIONS",
      "JDK_AOT_VM_OPTIONS");
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
  private static final int CONNECT_MILLIS = 1_000;
  private static final long LOOK_EVERY_MILLIS = 20;
  private static final int LAST_LINES = 15;

  private final Process shell;
  private final Path log;
  /** The program's process id; zero until the program is started. */
  private long pid;

  private ChildProcess(Process shell, Path log) {
    this.shell = shell;
    this.log = log;
  }

  /**
   * Prepares a program. After that, {@link #start()} only has to fork.
   *
   * @param directory   the program's working directory
   * @param environment variables to add to those of this JVM, of which KNATTER_* and options for JVMs are left out
   * @param log         the file to which the program's output is appended
   */
  public static ChildProcess prepare(List<String> command, Path directory, Map<String, String> environment,
      Path log) {
    List<String> all = new ArrayList<>(
        List.of("/bin/sh", "-c", SHELL, "child", log.toAbsolutePath().toString()));
    all.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(all).directory(directory.toAbsolutePath().toFile())
      .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment()
      .keySet()
      .removeIf(name -> name.startsWith("KNATTER_") || JVM_OPTIONS.contains(name));
    builder.environment().putAll(environment);
    try {
      ChildProcess child = new ChildProcess(builder.start(), log);
      String _ = child.line();
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@link #prepare Prepares} a program and starts it. */
  public static ChildProcess start(List<String> command, Path directory, Map<String, String> environment,
      Path log) {
    ChildProcess child = prepare(command, directory, environment, log);
    child.start();
    return child;
  }

  public void start() {
    try {
      shell.getOutputStream().write('\n');
      shell.getOutputStream().flush();
      pid = Long.parseLong(line());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line() throws IOException {
    String line = shell.inputReader(StandardCharsets.US_ASCII).readLine();
    if (line == null) {
      throw new IOException("The shell did not run; see " + log);
    }
    return line;
  }

  /** Returns the program's process id, or zero before it is started. */
  public long pid() {
    return pid;
  }

  /** The shell, which ends with the program. */
  Process shell() {
    return shell;
  }

  public boolean isAlive() {
    return shell.isAlive();
  }

  /**
   * Waits until a server answers that it is healthy.
   *
   * @return false if the server is not healthy in time, or if the program ends
   */
  public boolean becomesHealthy(URI server, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (isAlive() && System.nanoTime() < end) {
      if (isHealthy(server)) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
    return false;
  }

  /** Whether a server answers {@code GET /healthz} with 200 just now. */
  public static boolean isHealthy(URI server) {
    try {
      HttpURLConnection connection = (HttpURLConnection) server.resolve("/healthz").toURL().openConnection();
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(CONNECT_MILLIS);
      try {
        return connection.getResponseCode() == 200;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }

  /** @param name the name of the signal as {@code kill} takes it, without SIG */
  public void signal(String name) {
    try {
      int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
      if (status != 0 && isAlive()) {
        throw new IllegalStateException("kill -" + name + " ended with " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks the program to end (SIGTERM) and does not wait. */
  public void terminate() {
    program().ifPresent(ProcessHandle::destroy);
  }

  private Optional<ProcessHandle> program() {
    return pid == 0 ? Optional.empty() : ProcessHandle.of(pid);
  }

  /**
   * Waits until the program has ended.
   *
   * @return the program's exit status; 128 + n if signal n ended it
   * @throws IllegalStateException with the last lines of the log, if the program does not end in time
   */
  public int exitStatus(Duration limit) throws InterruptedException {
    if (!shell.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(
          "Process %d does not end within %d s; see %s.%n%s".formatted(pid, limit.toSeconds(), log,
              lastLines()));
    }
    return shell.exitValue();
  }

  /** Returns the last lines of the log. */
  public String lastLines() {
    return lastLines(log);
  }

  static String lastLines(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log)";
    }
  }

  /** Asks the program to end, and kills it if it does not end within 15 seconds. */
  @Override
  public void close() {
    terminate();
    try {
      if (pid == 0 || !shell.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }

  private void kill() {
    program().ifPresent(ProcessHandle::destroyForcibly);
    shell.destroy();
  }
}
