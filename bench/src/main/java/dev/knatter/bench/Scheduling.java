package dev.knatter.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How the kernel shares the processors among what is measured: the policies of sched(7). All parties, both stores and
 * the load are on one machine, and under the usual policy whoever wakes takes the processor from who has it: each
 * request then changes places many times over, which it would not if each program had a machine of its own. In batches
 * everybody keeps the processor until he has nothing to do or has had his share.
 */
enum Scheduling {
  /** SCHED_OTHER, Linux's usual policy. */
  PREEMPTING("whoever wakes preempts"),
  /** SCHED_BATCH. */
  BATCHES("nobody who wakes preempts"),
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
  String text() {
    return text;
  }

  /** What a process is scheduled by. */
  static Scheduling of(long pid) {
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
  static void inBatches(long pid) throws InterruptedException {
    try {
      new ProcessBuilder("chrt", "--all-tasks", "--batch", "--pid", "0", Long.toString(pid)).inheritIO()
        .start()
        .waitFor();
    } catch (IOException e) {
      // No such program.
    }
  }
}
