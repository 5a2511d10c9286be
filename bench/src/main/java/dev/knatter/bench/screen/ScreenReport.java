package dev.knatter.bench.screen;

import java.time.Instant;
import java.util.List;

import dev.knatter.bench.process.Machine;
import dev.knatter.bench.report.JsonReport;
import dev.knatter.bench.report.Spread;
import dev.knatter.bench.report.Table;

/** Writes the results of the screen benchmark as text. */
final class ScreenReport {
  private ScreenReport() {}

  /** Times from the first request, in milliseconds. */
  record Point(FunctionState state, Spread page, Spread list, Spread messages, Spread shown) {
    static Point of(FunctionState state, List<PageVisit.Times> visits) {
      return new Point(state, Spread.of(visits.stream().map(PageVisit.Times::page).toList()),
          Spread.of(visits.stream().map(PageVisit.Times::list).toList()),
          Spread.of(visits.stream().map(PageVisit.Times::messages).toList()),
          Spread.of(visits.stream().map(PageVisit.Times::shown).toList()));
    }
  }

  static String table(List<Point> points) {
    Table table = new Table().row("functions", "", "page and files, ms", "list, ms", "newest messages, ms",
        "shown, ms");
    for (Point point : points) {
      table.row(point.state().title(), "", point.page().text(0), point.list().text(0),
          point.messages().text(0), point.shown().text(0));
    }
    return table.text();
  }

  static List<String> notes(ScreenOptions options) {
    return List.of(
        "Median (min–max) of %d visits in each state, in turn, from the first request on."
          .formatted(options.visits()),
        "Shown: when the list and the newest messages of the open conversation are there.",
        "Somebody was logged in, and the browser has kept nothing. Requests as the page makes them, over up to six"
            + " connections for its files; without what a browser does itself.",
        "A process starts with the first request for its function, and the request waits until it is ready. On a cluster"
            + " each start takes longer, because a kubelet looks once a second; and pods on several nodes do not share"
            + " processors, as all processes do here.",
        "awake: processes that have just started and were asked nothing yet.");
  }

  /** Returns the results as JSON, for programs. */
  static String json(ScreenOptions options, Machine machine, Instant at, List<Point> points,
      List<String> notes) {
    return new JsonReport(at, machine)
      .with("visits", options.visits())
      .with("screen", points)
      .text(notes);
  }
}
