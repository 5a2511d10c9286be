package dev.knatter.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How the kernel shares the processors among what is measured: the policies of sched(7). All programs, both stores and
 * the load are on one machine. Under the usual policy a process that wakes preempts the one that runs, and each request
 * is interrupted many times, which would not happen if each program had a machine of its own. Under SCHED_BATCH a process
 * keeps the processor until it has nothing to do or has used its share.
 */
public enum Scheduling {
  /** SCHED_OTHER, Linux's usual policy. */
  PREEMPTING("under the usual scheduling policy"),
  /** SCHED_BATCH. */
  BATCHES("under SCHED_BATCH"),
  /** No Linux, or a policy that nothing here has asked for. */
  UNKNOWN("scheduled otherwise");

  private static final List<String> POLICIES = List.of("0", "3");
  private static final int POLICY = 41; // of the fields of proc_pid_stat(5), which count from one
  private static final int AFTER_NAME = 3;

  private final String text;

  Scheduling(String text) {
    this.text = text;
  }

  /** In a few words. */
  public String text() {
    return text;
  }

  /** What a process is scheduled by. */
  public static Scheduling of(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String afterName = stat.substring(stat.lastIndexOf(')') + 2); // a name may hold blanks
      int policy = POLICIES.indexOf(afterName.split(" ", -1)[POLICY - AFTER_NAME]);
      return policy < 0 ? UNKNOWN : values()[policy];
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /**
   * Has a process and whatever it starts from now on scheduled in batches. Where util-linux is not there, it stays as
   * it was, and the results say so.
   */
  public static void inBatches(long pid) throws InterruptedException {
    try {
      new ProcessBuilder("chrt", "--all-tasks", "--batch", "--pid", "0", Long.toString(pid)).inheritIO()
        .start()
        .waitFor();
    } catch (IOException e) {
      // No such program.
    }
  }
}
