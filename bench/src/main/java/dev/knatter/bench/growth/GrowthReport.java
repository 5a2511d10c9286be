package dev.knatter.bench.growth;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.knatter.bench.process.BackgroundLoad;
import dev.knatter.bench.report.JsonReport;

/** Writes the results of the growth benchmark as text: how fast the functions are while the stored data grow. */
final class GrowthReport {
  private GrowthReport() {}

  /** Returns a Markdown table for each scenario, and the notes. */
  static String table(GrowthResults results) {
    StringBuilder text = new StringBuilder();
    for (GrowthScenario scenario : GrowthScenario.values()) {
      text.append("\n**%s**: %s%n%n".formatted(scenario.title(), scenario.description()));
      text.append(
          "| at once | users, cached conversations, messages | requests/s | to the smallest | p99 ms |\n");
      text.append("|---:|---:|---:|---:|---:|\n");
      for (GrowthPoint point : of(results, scenario)) {
        text.append(
            String.format(Locale.ROOT, "| %d | %,d | %s | %s | %s |%s%n", point.connections(), point.size(),
                point.rate().text(0), point.toFirst().text(2), point.p99().text(1),
                point.failures() == 0 ? "" : " " + point.failures() + " failed: " + point.failure()));
      }
    }
    text.append('\n');
    return text + results.notes().stream().map(note -> "* " + note + "\n").collect(Collectors.joining());
  }

  /** Returns the page of these results in docs/. */
  static String page(GrowthResults results) {
    return """
        # Growth

        What the functions do in a second, and whether that changes while everything that is stored grows. Written by
        `./knatter bench growth --publish` on %s, on %s.

        ![Requests a second by what is stored](growth.svg)
        %s"""
      .formatted(results.at().atOffset(ZoneOffset.UTC).toLocalDate(), results.machine().text(),
          table(results));
  }

  static List<GrowthPoint> of(GrowthResults results, GrowthScenario scenario) {
    return results.points().stream().filter(point -> point.scenario() == scenario).toList();
  }

  /** @param others how many processors were busy with work that is not measured */
  static List<String> notes(double others) {
    List<String> notes = new ArrayList<>(List.of(
        "Median (min–max) of the rounds; all sizes take turns, each with functions, a keyspace and a Redis of its own.",
        "Everything is on one machine: a rate is what Cassandra, Redis and the load leave for a function.",
        "What is there was written by statements, not by requests. Sends add to it while they are measured.",
        "To anybody: with more users than a process remembers (20,000), a send also reads who the recipient is."));
    notes.addAll(BackgroundLoad.notes(others));
    return notes;
  }

  /** Returns the results as JSON, for programs. */
  static String json(GrowthResults results) {
    return new JsonReport(results.at(), results.machine())
      .with("rounds", results.options().rounds())
      .with("seconds", results.options().seconds())
      .with("growth", results.points())
      .text(results.notes());
  }
}
