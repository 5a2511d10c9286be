package dev.knatter.bench.load;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.knatter.bench.report.JsonReport;
import dev.knatter.bench.report.Spread;
import dev.knatter.bench.report.Table;
import org.jspecify.annotations.Nullable;

/** The results, for people. */
final class LoadReport {
  private static final List<String> PROCESSES = List.of("Cassandra", "Redis", "load", CpuMeter.OTHERS);

  private final PrintStream out;

  LoadReport(PrintStream out) {
    this.out = out;
  }

  void print(LoadResults results) {
    out.printf("%nKnatter on %s%n", results.machine().text());
    out.printf(Locale.ROOT, "%d rounds of %d s, all in turn: median (min–max)%n",
        results.options().rounds(), results.options().seconds());
    for (Scenario scenario : results.options().scenarios()) {
      List<LevelResult> levels = results.levels()
        .stream()
        .filter(level -> level.scenario() == scenario)
        .toList();
      out.printf("%n%s: %s%n%s", scenario.title(), scenario.description(), requests(levels));
    }
    out.printf("%nProcessors kept busy, the median%n%s", processors(results.levels()));
    List<CpuBreakdown> splits = results.levels()
      .stream()
      .map(CpuBreakdown::of)
      .flatMap(Optional::stream)
      .toList();
    if (!splits.isEmpty()) {
      out.printf("%nWhat the processor time of a request goes into, each part measured alone%n%s",
          parts(splits));
    }
    out.printf("%nResident memory after the load, MiB%n%s", resident(results.resident()));
    out.printf("%n%s", LoadNotes.of(results));
  }

  private static String requests(List<LevelResult> levels) {
    Table table = new Table().row("at once", "", "requests/s", "p50 ms", "p99 ms", "ours by it");
    for (LevelResult level : levels) {
      String connections = Integer.toString(level.connections());
      for (TargetResult standing : level.standings()) {
        LoadFigures figures = standing.figures();
        table.row(connections, standing.party(), figures.rate().text(0), figures.p50().text(2),
            figures.p99().text(2), ratio(standing.rate()));
        connections = "";
      }
    }
    return table.text();
  }

  private static String ratio(@Nullable Spread ratio) {
    return ratio == null ? "" : ratio.text(2);
  }

  private static String processors(List<LevelResult> levels) {
    Table table = new Table().row("", "", "itself", "µs a request", "ours by it", "Cassandra", "Redis",
        "load",
        "others");
    for (LevelResult level : levels) {
      String what = level.scenario().title() + ", " + level.connections();
      for (TargetResult standing : level.standings()) {
        busy(table, what, standing);
        what = "";
      }
    }
    return table.text();
  }

  private static void busy(Table table, String what, TargetResult standing) {
    LoadFigures figures = standing.figures();
    double itself = figures.cores().getOrDefault(standing.party(), Double.NaN);
    List<String> others = PROCESSES.stream()
      .map(name -> Spread.number(figures.cores().getOrDefault(name, Double.NaN), 2))
      .toList();
    table.row(what, standing.party(), Spread.number(itself, 2),
        Spread.number(standing.cpuMicros(), 0), ratio(standing.cpu()), others.get(0),
        others.get(1), others.get(2), others.get(3));
  }

  private static String parts(List<CpuBreakdown> splits) {
    List<String> names = List.of(Part.HASH.title(), Part.SIGNATURE.title(), Part.STATEMENTS.title(),
        CpuBreakdown.REST);
    Table table = new Table().row("", "", "all", names.get(0), names.get(1), names.get(2), names.get(3));
    for (CpuBreakdown split : splits) {
      List<String> cells = names.stream().map(split::text).toList();
      table.row(split.scenario().title() + ", " + split.connections(), "",
          Spread.number(split.micros(), 0) + " µs", cells.get(0), cells.get(1), cells.get(2), cells.get(3));
    }
    return table.text();
  }

  private static String resident(Map<String, Double> resident) {
    Table table = new Table();
    resident.forEach((process, mib) -> table.row(process, "", Spread.number(mib, 0)));
    return table.text();
  }

  /** For programs. */
  static String json(LoadResults results) {
    return new JsonReport(results.at(), results.machine())
      .with("rounds", results.options().rounds())
      .with("seconds", results.options().seconds())
      .with("requests", results.levels())
      .with("split", results.levels().stream().map(CpuBreakdown::of).flatMap(Optional::stream).toList())
      .with("resident", results.resident())
      .text(LoadNotes.all(results));
  }
}
