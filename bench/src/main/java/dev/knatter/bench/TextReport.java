package dev.knatter.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results, for people. */
final class TextReport {
  private static final List<String> PROCESSES = List.of("Cassandra", "Redis", "load", CpuMeter.OTHERS);

  private final PrintStream out;

  TextReport(PrintStream out) {
    this.out = out;
  }

  void print(Results results) {
    out.printf("%nKnatter on %s%n", results.machine().text());
    out.printf(Locale.ROOT, "%d rounds of %d s, ours and the driver's in turn: median (min–max)%n",
        results.options().rounds(), results.options().seconds());
    for (Scenario scenario : Scenario.values()) {
      List<Level> levels = results.levels().stream().filter(level -> level.scenario() == scenario).toList();
      out.printf("%n%s: %s%n%s", scenario.title(), scenario.description(), requests(levels));
    }
    out.printf("%nProcessors kept busy, the median%n%s", processors(results.levels()));
    out.printf("%nResident memory after the load, MiB%n%s", resident(results.resident()));
    out.printf("%n%s", Notes.of(results));
  }

  private static String requests(List<Level> levels) {
    Table table = new Table().row("at once", "", "requests/s", "p50 ms", "p99 ms");
    for (Level level : levels) {
      String connections = Integer.toString(level.connections());
      row(table, connections, "knatter", level.knatter());
      if (level.raw() != null) {
        row(table, "", "driver", level.raw());
      }
      if (level.ratio() != null) {
        table.row("", "ratio", level.ratio().text(2));
      }
    }
    return table.text();
  }

  private static void row(Table table, String connections, String party, Figures figures) {
    table.row(connections, party, figures.rate().text(0), figures.p50().text(2), figures.p99().text(2));
  }

  private static String processors(List<Level> levels) {
    Table table = new Table().row("", "", "itself", "µs a request", "Cassandra", "Redis", "load", "others");
    for (Level level : levels) {
      String what = level.scenario().title() + ", " + level.connections();
      busy(table, what, "function", level.knatter());
      if (level.raw() != null) {
        busy(table, "", "driver", level.raw());
      }
    }
    return table.text();
  }

  private static void busy(Table table, String what, String process, Figures figures) {
    double itself = figures.cores().getOrDefault(process, Double.NaN);
    List<String> others = PROCESSES.stream()
      .map(name -> Spread.number(figures.cores().getOrDefault(name, Double.NaN), 2))
      .toList();
    table.row(what, process, Spread.number(itself, 2),
        Spread.number(itself * 1e6 / figures.rate().median(), 0), others.get(0), others.get(1), others.get(2),
        others.get(3));
  }

  private static String resident(Map<String, Double> resident) {
    Table table = new Table();
    resident.forEach((process, mib) -> table.row(process, "", Spread.number(mib, 0)));
    return table.text();
  }
}
