package dev.knatter.adapter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** When this process was started. To find out it reads files, so this class is loaded only when no request waits. */
final class ProcessStart {
  /** The ticks of a second in /proc (USER_HZ). */
  private static final int TICKS = 100;
  /** The index of the start time in /proc/self/stat (proc_pid_stat(5)), counted after the name. */
  private static final int START = 19;

  /** On the clock of {@link System#nanoTime}. */
  static final long NANOS = -age(Path.of("/proc")).toNanos() + System.nanoTime();

  private ProcessStart() {}

  /**
   * The age of this process, exact to 10 ms. On Linux {@link ProcessHandle} is wrong by up to a second, because it adds
   * to the boot time, which the kernel gives in whole seconds; so it is only used on other systems.
   *
   * @param proc the path of {@code /proc}
   */
  static Duration age(Path proc) {
    try {
      Duration age = Duration.ofMillis(uptimeMillis(proc) - startMillis(proc));
      if (!age.isNegative()) {
        return age;
      }
    } catch (IOException e) {
      // Not Linux.
    }
    return ProcessHandle.current()
      .info()
      .startInstant()
      .map(start -> Duration.between(start, Instant.now()))
      .orElse(Duration.ZERO);
  }

  private static long uptimeMillis(Path proc) throws IOException {
    String uptime = Files.readString(proc.resolve("uptime"));
    return Math.round(Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * 1000);
  }

  private static long startMillis(Path proc) throws IOException {
    String stat = Files.readString(proc.resolve("self/stat"));
    // The name, in parentheses, may hold spaces and parentheses itself.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[START]) * 1000 / TICKS;
  }
}
