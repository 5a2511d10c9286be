package dev.knatter.bench;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that a run measured.
 *
 * @param resident resident memory in MiB after the load, by process
 */
record Results(Instant at, Machine machine, Options options, List<Level> levels, List<Start> starts,
    Map<String, Double> resident) {

  /** Where it ran. */
  record Machine(int processors, String java, String system, List<String> jvm) {
    static Machine here(Jvm jvm) {
      return new Machine(Runtime.getRuntime().availableProcessors(), Runtime.version().toString(),
          System.getProperty("os.name") + " " + System.getProperty("os.arch"), jvm.options());
    }
  }
}
