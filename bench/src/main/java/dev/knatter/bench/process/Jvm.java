package dev.knatter.bench.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the JVMs that are measured are started, where ./knatter package has not decided it. */
public final class Jvm {
  /** What of our options also helps programs that are not ours. */
  public static final List<String> GENERAL = List.of("-XX:+UseSerialGC", "-Xmx96m", "-XX:TieredStopAtLevel=1",
      "-XX:-UsePerfData", "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");

  private Jvm() {}

  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The command line of a class of ours. */
  public static List<String> own(List<String> options, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }
}
