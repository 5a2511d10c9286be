package dev.knatter.e2e.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.knatter.embedded.ChildProcess;

/** A JVM on the class path of the tests. */
final class Jvm {
  private Jvm() {}

  /** @param options of the JVM, and its main class */
  static ChildProcess start(List<String> options, Map<String, String> env, Path log) {
    List<String> command = new ArrayList<>(
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp", System.getProperty("java.class.path"),
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx256m",
            "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(options);
    return ChildProcess.start(command, Path.of(""), env, log);
  }
}
