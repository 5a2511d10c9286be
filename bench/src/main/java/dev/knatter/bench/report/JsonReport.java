package dev.knatter.bench.report;

import java.util.Map;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The results, for programs. Rates are a second, latencies and starts milliseconds, memory MiB. */
public final class JsonReport {
  private static final JsonMapper JSON = JsonMapper.builder()
    .enable(SerializationFeature.INDENT_OUTPUT)
    .build();

  private JsonReport() {}

  public static String text(Map<String, Object> all) {
    return JSON.writeValueAsString(all) + "\n";
  }
}
