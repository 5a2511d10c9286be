package dev.knatter.bench.load;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.knatter.bench.report.Spread;

/** What one must know to read the results rightly. */
final class LoadNotes {
  private static final double QUIET_CORES = 0.2;

  private LoadNotes() {}

  static String of(LoadResults results) {
    return all(results).stream().map(note -> "* " + note + "\n").collect(Collectors.joining());
  }

  static List<String> all(LoadResults results) {
    return Stream.concat(standing(results), Stream.concat(disturbed(results), failed(results))).toList();
  }

  private static Stream<String> standing(LoadResults results) {
    return Stream.of(
        "All of them, Cassandra, Redis and load share " + results.machine().processors()
            + " processors (" + results.machine().scheduling().text()
            + "): a rate is what is left for what is measured, and only the ratio compares.",
        "One Cassandra node on loopback, with its own defaults but 32 threads for requests, and a commit log that is on disk"
            + " before a write is answered.",
        "The driver does the statements alone; a function also reads HTTP and JSON, verifies a token (RS256), and"
            + " asks Redis about limit, repetition and cached page. The floor is a send without any framework.",
        "'publishing' is the function with a sink for events, which takes each at once in the process of the load.",
        "Of login and refresh the driver does the scripts for Redis as well; password hash (Argon2id) and signature"
            + " (RS256) are measured alone, too. No more logins at once than a pod is given.",
        "All have the same session settings, and the driver has the JVM options of the function beside it: "
            + String.join(" ", results.machine().jvm()));
  }

  private static Stream<String> disturbed(LoadResults results) {
    double others = figures(results).mapToDouble(f -> f.cores().getOrDefault(CpuMeter.OTHERS, 0.0))
      .max()
      .orElse(0);
    return others < QUIET_CORES
        ? Stream.empty()
        : Stream.of("The machine was not quiet: other processes kept up to " + Spread.number(others, 2)
            + " processors busy. Repeat this when it is.");
  }

  private static Stream<String> failed(LoadResults results) {
    return results.levels()
      .stream()
      .flatMap(level -> level.standings()
        .stream()
        .filter(standing -> standing.figures().failures() > 0)
        .map(standing -> "%s, %d at once, %s: %d failed and do not count, the first with: %s".formatted(
            level.scenario().title(), level.connections(), standing.party(), standing.figures().failures(),
            standing.figures().failure())));
  }

  private static Stream<LoadFigures> figures(LoadResults results) {
    return results.levels().stream().flatMap(level -> level.standings().stream().map(TargetResult::figures));
  }
}
