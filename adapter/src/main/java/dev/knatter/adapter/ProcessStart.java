package dev.knatter.adapter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** When this process began. To know that takes reading files, so this class is touched late, when nobody waits. */
final class ProcessStart {
  /** Of a second, in which Linux tells all times in /proc (USER_HZ), whatever it counts in itself. */
  private static final int TICKS = 100;
  /** Place of the start in /proc/self/stat (proc_pid_stat(5)), among what follows the name. */
  private static final int START = 19;

  /** On the clock of {@link System#nanoTime}. */
  static final long NANOS = -age(Path.of("/proc")).toNanos() + System.nanoTime();

  private ProcessStart() {}

  /**
   * Within 10 ms on Linux, where {@link ProcessHandle} is wrong by up to a second: it adds to the boot time, which the
   * kernel tells in whole seconds. Elsewhere it is right.
   *
   * @param proc where Linux has {@code /proc}
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
