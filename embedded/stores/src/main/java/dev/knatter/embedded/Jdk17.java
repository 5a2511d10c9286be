package dev.knatter.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A JDK or JRE that can run Cassandra 5: version 17. Cassandra also runs on 11, but 11 is old. It needs the security
 * manager, which JDKs from 24 on do not have.
 */
record Jdk17(Path home) {
  private static final String HOME = "KNATTER_JAVA17_HOME";
  private static final String REMEDY = """
      Either
        - install one (Debian, Ubuntu: apt install openjdk-17-jre-headless; macOS: brew install openjdk@17;
          SDKMAN: sdk install java 17.0.15-tem), or
        - say where it is: KNATTER_JAVA17_HOME=/path/to/jdk-17, or
        - use a Cassandra that runs already: KNATTER_CASSANDRA_CONTACT_POINTS=127.0.0.1:9042 and
          KNATTER_CASSANDRA_DATACENTER=datacenter1""";

  Path java() {
    return home.resolve("bin/java");
  }

  /** Looks for a JDK where the environment, the operating system and the usual installers put them. */
  static Jdk17 find() {
    Path user = Path.of(System.getProperty("user.home"));
    return find(System.getenv(), List.of(Path.of("/usr/lib/jvm"), Path.of("/opt"), Path.of("/opt/java"),
        Path.of("/opt/homebrew/opt"), Path.of("/usr/local/opt"), Path.of("/Library/Java/JavaVirtualMachines"),
        user.resolve("Library/Java/JavaVirtualMachines"), user.resolve(".sdkman/candidates/java"),
        user.resolve(".jdks"),
        user.resolve(".m2/jdks")));
  }

  /** @param places folders whose subfolders may be JDKs */
  static Jdk17 find(Map<String, String> env, List<Path> places) {
    String named = env.get(HOME);
    if (named != null) {
      return in(Path.of(named)).findFirst()
        .orElseThrow(() -> new CannotStartException(
            "%s=%s is not a JDK 17, which Cassandra needs. %s".formatted(HOME, named, REMEDY)));
    }
    List<Path> homes = new ArrayList<>();
    env.forEach((name, value) -> {
      // For example JAVA_HOME, JAVA17_HOME and JAVA_HOME_17_X64; build machines use different names.
      if (name.startsWith("JAVA") && name.contains("HOME") && !value.isBlank()) {
        homes.add(Path.of(value));
      }
    });
    homes.addAll(onPath(env.getOrDefault("PATH", "")));
    places.forEach(place -> homes.addAll(children(place)));
    return homes.stream()
      .flatMap(Jdk17::in)
      .findFirst()
      .orElseThrow(() -> new CannotStartException(
          "Cassandra needs a JDK 17, and none was found. " + REMEDY));
  }

  /** Returns the folder, and the home folders inside the bundles of macOS and Homebrew. */
  private static Stream<Jdk17> in(Path folder) {
    return Stream
      .of(folder, folder.resolve("Contents/Home"), folder.resolve("libexec/openjdk.jdk/Contents/Home"))
      .map(Jdk17::new)
      .filter(Jdk17::is17);
  }

  private boolean is17() {
    try {
      return Files.isExecutable(java())
          && Files.readString(home.resolve("release"))
            .lines()
            .anyMatch(line -> line.startsWith("JAVA_VERSION=\"17"));
    } catch (IOException e) {
      return false;
    }
  }

  private static List<Path> onPath(String path) {
    List<Path> homes = new ArrayList<>();
    for (String folder : path.split(File.pathSeparator, -1)) {
      try {
        homes.add(Path.of(folder, "java").toRealPath().resolve("../..").normalize());
      } catch (IOException e) {
        // This folder has no java.
      }
    }
    return homes;
  }

  private static List<Path> children(Path folder) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(children::add);
    } catch (IOException | DirectoryIteratorException e) {
      // The folder does not exist on this machine.
    }
    return children;
  }
}
