package dev.knatter.bench;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.knatter.embedded.Checkout;

/** How the JVMs that are measured are started: those of the functions and that of the driver alike. */
final class Jvm {
  /** What also helps programs that are not ours. */
  private static final List<String> GENERAL = List.of("-XX:+UseSerialGC", "-Xmx96m",
      "-XX:TieredStopAtLevel=1",
      "-XX:-UsePerfData", "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");
  /** With what a function is deployed beside, but for its AOT cache. */
  private static final List<String> OWN = List.of("-Xshare:auto", "-Dio.netty.noUnsafe=false",
      "-Dio.netty.jfr.enabled=false", "-Dslf4j.provider=org.slf4j.simple.SimpleServiceProvider");

  private final List<String> further;

  Jvm(List<String> further) {
    this.further = further;
  }

  List<String> options() {
    return Stream.of(GENERAL, OWN, further).flatMap(List::stream).toList();
  }

  /** Those for programs that are not ours. */
  List<String> general() {
    return Stream.of(GENERAL, further).flatMap(List::stream).toList();
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The command line of one function, with what it needs on its class path and nothing of the others. */
  List<String> function(String name) {
    Set<String> modules = Set.of("adapter", "core", "guard", "functions/" + name);
    String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
      .filter(entry -> isNeeded(Path.of(entry).toAbsolutePath(), modules))
      .collect(Collectors.joining(File.pathSeparator));
    return command(classPath, "dev.knatter.functions." + name + ".Main");
  }

  /** The command line of a class of ours. */
  List<String> own(Class<?> main, String... arguments) {
    return command(System.getProperty("java.class.path"), main.getName(), arguments);
  }

  private List<String> command(String classPath, String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(options());
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(List.of(arguments));
    return command;
  }

  private static boolean isNeeded(Path entry, Set<String> modules) {
    return !entry.startsWith(Checkout.root())
        || modules.stream().anyMatch(module -> entry.startsWith(Checkout.root().resolve(module)));
  }
}
