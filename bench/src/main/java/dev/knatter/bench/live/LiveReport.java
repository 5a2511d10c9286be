package dev.knatter.bench.live;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.knatter.bench.live.LiveResult.Again;
import dev.knatter.bench.live.LiveResult.Groups;
import dev.knatter.bench.live.LiveResult.Memory;
import dev.knatter.bench.live.LiveResult.Point;
import dev.knatter.bench.process.Machine;
import dev.knatter.bench.report.JsonReport;
import dev.knatter.bench.report.Spread;
import dev.knatter.bench.report.Table;

/** Writes the results of the live benchmark as text. */
final class LiveReport {
  private static final String NONE = "–";

  private LiveReport() {}

  /** How soon messages came, and how many. */
  static String messages(List<LiveResult> results) {
    Table table = new Table().row("held by", "connections", "201 to reader: p50, ms", "p99, ms", "missed",
        "deliveries a second", "CPU µs each");
    for (LiveResult result : results) {
      for (Point point : result.points()) {
        Groups groups = point.groups();
        table.row(result.holder(), "%,d".formatted(point.connections()), point.p50().text(1),
            point.p99().text(1), Integer.toString(point.missed()),
            groups == null ? NONE : groups.perSecond().text(0),
            groups == null ? NONE : groups.cpuMicros().text(0));
      }
    }
    return table.text();
  }

  /** What connections cost, and how soon all are there again. */
  static String connections(List<LiveResult> results) {
    Table table = new Table().row("held by", "connections", "idle: heap, KiB", "resident, KiB",
        "all again, s", "refused", "ended", "missed");
    for (LiveResult result : results) {
      Memory memory = result.memory();
      Double heap = memory.heap();
      Again again = result.again();
      table.row(result.holder(), "%,d".formatted(memory.connections()),
          heap == null ? NONE : Spread.number(heap, 1), Spread.number(memory.resident(), 1),
          again == null ? NONE : again.seconds().text(1),
          again == null ? NONE : Integer.toString(again.refused()),
          again == null ? NONE : Integer.toString(again.ended()),
          again == null ? NONE : Integer.toString(again.missed()));
    }
    return table.text();
  }

  /** What did not come to its end. */
  static Stream<String> failure(LiveResult result) {
    return Stream.ofNullable(result.failure())
      .map(why -> "%s: %s".formatted(result.holder(), why));
  }

  static List<String> notes(LiveOptions options) {
    return List.of(
        "Median (min–max) of %d rounds of %d messages, one after the other, each to a random reader."
          .formatted(options.rounds(), options.messages()),
        "Deliveries: for %d s up to eight groups of %d connected members are sent to as fast as each send is"
          .formatted(options.seconds(), LivePeople.GROUP)
            + " acknowledged. CPU: of the processes that hold the connections.",
        "Idle: what the holder takes with all connections, without what it took with none, for each of them. Heap:"
            + " after a full garbage collection. Resident memory also grows with the garbage of the opening.",
        "All again: all connections are reset, %d readers are sent a message, and all connect, %d at once, until the"
          .formatted(Math.min(LiveMeasurement.AWAY, options.most()), LiveOpening.AT_ONCE)
            + " last one has caught up. Refused: attempts that were repeated, also where a connection ended before that.",
        "stream has a heap of %d MiB. All clients are one thread of this program. Everything is on one machine."
          .formatted(options.heapMiB()));
  }

  /** Returns the results as JSON, for programs. */
  static String json(LiveOptions options, Machine machine, Instant at, List<LiveResult> results,
      List<String> notes) {
    return new JsonReport(at, machine)
      .with("rounds", options.rounds())
      .with("messages", options.messages())
      .with("seconds", options.seconds())
      .with("heapMiB", options.heapMiB())
      .with("live", results)
      .text(notes);
  }
}
