package dev.knatter.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel says about processes; NaN where it has no {@code /proc} to say it in. */
public final class Proc {
  private static final double TICKS_PER_SECOND = 100; // USER_HZ, which Linux has fixed on all that Java runs on
  private static final List<Integer> IDLE = List.of(4, 5);
  private static final int STEAL = 8;

  private Proc() {}

  /** Seconds that a process has kept a processor busy. */
  public static double cpuSeconds(long pid) {
    return ProcessHandle.of(pid)
      .flatMap(process -> process.info().totalCpuDuration())
      .map(Duration::toNanos)
      .map(nanos -> nanos / 1e9)
      .orElse(Double.NaN);
  }

  /** Seconds that all processors of the machine together were busy, or were wanted and not given. */
  public static double busySeconds() {
    try {
      String[] fields = Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +", -1);
      double ticks = 0;
      for (int i = 1; i <= STEAL; i++) {
        ticks += IDLE.contains(i) ? 0 : Double.parseDouble(fields[i]);
      }
      return ticks / TICKS_PER_SECOND;
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  /** Resident memory in MiB. */
  public static double residentMiB(long pid) {
    try {
      Matcher matcher = Pattern.compile("VmRSS:\\s+(\\d+) kB")
        .matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
      return matcher.find() ? Double.parseDouble(matcher.group(1)) / 1_024 : Double.NaN;
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
