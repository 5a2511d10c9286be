package dev.knatter.bench;

import java.util.List;

/**
 * Where something was measured.
 *
 * @param jvm the options of the JVMs that were measured
 */
record Machine(int processors, String java, String system, List<String> jvm) {
  static Machine here(List<String> jvm) {
    return new Machine(Runtime.getRuntime().availableProcessors(), Runtime.version().toString(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"), jvm);
  }

  /** In one line. */
  String text() {
    return "%d processors, Java %s, %s".formatted(processors, java, system);
  }
}
