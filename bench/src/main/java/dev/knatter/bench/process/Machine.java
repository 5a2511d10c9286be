package dev.knatter.bench.process;

import java.util.List;

/**
 * Where something was measured.
 *
 * @param scheduling of this program and all that it has started
 * @param jvm        the options of the JVMs that were measured
 */
public record Machine(int processors, String java, String system, Scheduling scheduling, List<String> jvm) {
  public static Machine here(List<String> jvm) {
    return new Machine(Runtime.getRuntime().availableProcessors(), Runtime.version().toString(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        Scheduling.of(ProcessHandle.current().pid()), jvm);
  }

  /** In one line. */
  public String text() {
    return "%d processors, Java %s, %s, %s".formatted(processors, java, system, scheduling.text());
  }
}
