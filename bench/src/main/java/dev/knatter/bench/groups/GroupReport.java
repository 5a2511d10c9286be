package dev.knatter.bench.groups;

import java.time.Instant;
import java.util.List;

import dev.knatter.bench.process.Machine;
import dev.knatter.bench.report.JsonReport;
import dev.knatter.bench.report.Spread;
import dev.knatter.bench.report.Table;

/** Writes the results of the benchmark of groups as text. */
final class GroupReport {
  private GroupReport() {}

  static String table(List<GroupPoint> points) {
    Table table = new Table().row("members", "", "201: p50, ms", "p99, ms", "×", "in all inboxes: p50, ms",
        "p99, ms");
    for (GroupPoint point : points) {
      table.row("%,d".formatted(point.members()), "", point.acknowledged().p50().text(1),
          point.acknowledged().p99().text(1), Spread.number(point.toFirst().median(), 2),
          point.everywhere().p50().text(1), point.everywhere().p99().text(1));
    }
    return table.text();
  }

  static List<String> notes(GroupOptions options) {
    return List.of(
        "%d messages to each group a round, one after the other; median (min–max) of %d rounds."
          .formatted(options.messages(), options.rounds()),
        "×: the p99 of the 201 by that of the smallest group in the same round.",
        "Groups take turns, with the time between two messages that the limit of inbox rows asks for.",
        "Everything is on one machine.");
  }

  /** Returns the results as JSON, for programs. */
  static String json(GroupOptions options, Machine machine, Instant at, List<GroupPoint> points,
      List<String> notes) {
    return new JsonReport(at, machine)
      .with("rounds", options.rounds())
      .with("messages", options.messages())
      .with("groups", points)
      .text(notes);
  }
}
