package dev.knatter.bench.report;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The results, for programs. Rates are a second, latencies and starts milliseconds, memory MiB. */
public final class JsonReport {
  private static final JsonMapper JSON = JsonMapper.builder()
    .enable(SerializationFeature.INDENT_OUTPUT)
    .build();

  private final Map<String, Object> all = new LinkedHashMap<>();

  /** @param machine where it was measured */
  public JsonReport(Instant at, Record machine) {
    all.put("at", at);
    all.put("machine", machine);
  }

  /** Adds how it was measured, or what the results are. */
  public JsonReport with(String name, Object value) {
    all.put(name, value);
    return this;
  }

  public String text(List<String> notes) {
    all.put("notes", notes);
    return text(all);
  }

  public static String text(Map<String, Object> all) {
    return JSON.writeValueAsString(all) + "\n";
  }
}
