package dev.knatter.bench.cold;

import java.util.List;
import java.util.Map;

import dev.knatter.bench.report.JsonReport;
import dev.knatter.bench.report.Spread;
import dev.knatter.bench.report.Table;

/**
 * Where the time of a function's starts goes.
 *
 * @param milestones what was reached, in milliseconds since the start of java, in the order of time
 * @param outside    the classes that were not in its cache, each with where it came from
 */
record StartTrace(String function, int starts, Map<String, Spread> milestones, List<String> outside) {
  String text() {
    Table table = new Table().row("", "", "ms since the start", "since the one before");
    double before = 0;
    for (Map.Entry<String, Spread> milestone : milestones.entrySet()) {
      double median = milestone.getValue().median();
      table.row(milestone.getKey(), "", milestone.getValue().text(0), Spread.number(median - before, 0));
      before = median;
    }
    return """

        %s, %d starts: median (min–max). Writing down when each class is used makes them a little slower.
        %s
        Classes that are not in its cache: %d
        %s""".formatted(function, starts, table.text(), outside.size(),
        String.join("", outside.stream().map(line -> "  " + line + "\n").toList()));
  }

  /** For programs. */
  String json() {
    return JsonReport
      .text(Map.of("function", function, "milestones", milestones, "outsideTheCache", outside));
  }
}
