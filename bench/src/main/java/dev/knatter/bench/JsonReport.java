package dev.knatter.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The results, for programs. Rates are a second, latencies and starts milliseconds, memory MiB. */
final class JsonReport {
  private static final JsonMapper JSON = JsonMapper.builder()
    .enable(SerializationFeature.INDENT_OUTPUT)
    .build();

  private JsonReport() {}

  static String of(Results results) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("at", results.at());
    all.put("machine", results.machine());
    all.put("rounds", results.options().rounds());
    all.put("seconds", results.options().seconds());
    all.put("requests", results.levels());
    all.put("split", results.levels().stream().map(CpuBreakdown::of).flatMap(Optional::stream).toList());
    all.put("resident", results.resident());
    all.put("notes", ReportNotes.all(results));
    return text(all);
  }

  static String of(ColdResults results) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("at", results.at());
    all.put("machine", results.machine());
    all.put("rounds", results.rounds());
    all.put("coldStarts", results.starts());
    all.put("notes", results.notes());
    return text(all);
  }

  static String of(GrowthResults results) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("at", results.at());
    all.put("machine", results.machine());
    all.put("rounds", results.options().rounds());
    all.put("seconds", results.options().seconds());
    all.put("growth", results.points());
    all.put("notes", results.notes());
    return text(all);
  }

  static String of(StartTrace explanation) {
    return text(
        Map.of("function", explanation.function(), "milestones", explanation.milestones(), "outsideTheCache",
            explanation.outside()));
  }

  private static String text(Map<String, Object> all) {
    return JSON.writeValueAsString(all) + "\n";
  }
}
