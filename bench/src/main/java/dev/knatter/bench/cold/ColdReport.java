package dev.knatter.bench.cold;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.knatter.bench.process.BackgroundLoad;
import dev.knatter.bench.report.JsonReport;
import dev.knatter.bench.report.Table;

/** Cold starts, for people. */
final class ColdReport {
  private ColdReport() {}

  static String text(ColdResults results) {
    Table times = new Table().row("", "", "ready ms", "first answer ms", "its CPU ms", "resident MiB");
    Table ratios = new Table().row("", "", "first answer", "its CPU", "resident");
    for (StartFigures start : results.starts()) {
      times.row(start.program(), "", start.ready().text(0), start.answer().text(0), start.cpu().text(0),
          start.resident().text(0));
      ratios.row(start.program(), "", start.toFloor().answer().text(2), start.toFloor().cpu().text(2),
          start.toFloor().resident().text(2));
    }
    return """

        Cold starts on %s
        From the start of java to the first answer, %d starts of each in turn: median (min–max)
        %s
        Times what the floor takes, round by round
        %s
        %s""".formatted(results.machine().text(), results.rounds(), times.text(), ratios.text(),
        results.notes().stream().map(note -> "* " + note + "\n").collect(Collectors.joining()));
  }

  /** @param others processors that were kept busy by what is not measured */
  static List<String> notes(boolean peers, double others) {
    List<String> notes = new ArrayList<>(List.of(
        "Programs, Cassandra, Redis and this one share the machine; files are in memory, as on a node that has the image.",
        "A program is asked every 2 ms whether it is ready, and then for what it is there for. A send is answered once it"
            + " is stored.",
        "The floor is a send by the same clients without a framework, packaged by the same code. It stores the same rows"
            + " and leaves out what the product does besides: notifications, cached pages, clocks that differ, busy conversations.",
        "CPU is counted in steps of 10 ms, and holds what the JVM's own threads did by then.",
        "The outbox finds nothing to do: what sends without one left is swept before each of its starts."));
    if (peers) {
      notes.add(
          "The peers run the floor's code for Cassandra, on the whole JDK, and are trained by the same requests;"
              + " the drivers' settings are those that their frameworks give them. See RATIONALE.md.");
    }
    notes.addAll(BackgroundLoad.notes(others));
    return notes;
  }

  /** For programs. */
  static String json(ColdResults results) {
    return new JsonReport(results.at(), results.machine())
      .with("rounds", results.rounds())
      .with("coldStarts", results.starts())
      .text(results.notes());
  }
}
