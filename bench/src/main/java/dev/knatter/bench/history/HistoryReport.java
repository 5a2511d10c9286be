package dev.knatter.bench.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.knatter.bench.process.Machine;
import dev.knatter.bench.report.JsonReport;
import dev.knatter.bench.report.Spread;
import dev.knatter.bench.report.Table;
import dev.knatter.chat.page.Direction;

/** Writes the results of the history benchmark as text. */
final class HistoryReport {
  private HistoryReport() {}

  /** The p99 of each kind of page, with all conversations side by side, and then by that of the smallest ones. */
  static String table(List<String> histories, List<HistoryPoint> points) {
    Table table = new Table();
    List<String> head = new ArrayList<>(List.of("page", "read"));
    histories.forEach(name -> head.add(name + ", ms"));
    histories.stream().skip(1).forEach(name -> head.add("×, " + name));
    table.row(head.toArray(String[]::new));
    for (HistoryPlace place : HistoryPlace.values()) {
      for (Direction direction : Direction.values()) {
        List<HistoryPoint> row = points.stream()
          .filter(point -> point.place() == place && point.direction() == direction)
          .toList();
        List<String> cells = new ArrayList<>(List.of(place.title(),
            direction == Direction.BEFORE ? "backwards" : "forwards"));
        row.forEach(point -> cells.add(point.p99().text(1)));
        row.stream().skip(1).forEach(point -> cells.add(Spread.number(point.toFirst().median(), 2)));
        table.row(cells.toArray(String[]::new));
      }
    }
    return table.text();
  }

  static List<String> notes(HistoryOptions options) {
    return List.of(
        "p99 of %d pages of %d messages; median (min–max) of %d rounds. Conversations take turns, page by page."
          .formatted(options.requests(), options.page(), options.rounds()),
        "×: the p99 by that of the smallest conversations in the same round, the median of these.",
        "sparse: a message a month for three years; the others have one each 20 seconds.",
        "One request at a time; every page is another one, and the cache begins empty.",
        "Everything is on one machine. What is read was written by statements, not by requests.");
  }

  /** Returns the results as JSON, for programs. */
  static String json(HistoryOptions options, Machine machine, Instant at, List<HistoryPoint> points,
      List<String> notes) {
    return new JsonReport(at, machine)
      .with("rounds", options.rounds())
      .with("page", options.page())
      .with("requests", options.requests())
      .with("history", points)
      .text(notes);
  }
}
