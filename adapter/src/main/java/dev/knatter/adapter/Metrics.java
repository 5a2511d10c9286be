package dev.knatter.adapter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

import dev.knatter.adapter.http.Response;

/**
 * What a collector of metrics is told, as text of <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">
 * Prometheus' format 0.0.4</a>. Names are those of OpenTelemetry's
 * <a href="https://opentelemetry.io/docs/specs/semconv/faas/faas-metrics/">conventions for functions</a>, where it has one,
 * as Prometheus spells them. What is not known yet is left out.
 */
final class Metrics {
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder();
  private final String labels;

  private Metrics(List<String> functions) {
    labels = "{faas_name=\"" + escaped(String.join(",", functions)) + "\"}";
  }

  /**
   * @param functions    all that the process answers with: it starts once for all of them, so this is one series
   * @param dependencies by name, whether each could be used when it was last asked
   */
  static Response of(ColdStart start, List<String> functions, Map<String, Boolean> dependencies) {
    OptionalDouble answered = start.answeredSeconds();
    Metrics metrics = new Metrics(functions);
    metrics.add("faas_coldstarts_total", "counter",
        "Starts of this process after which a request was answered: 0 before the first, then 1.",
        answered.isPresent() ? "1" : "0");
    metrics.addSeconds("faas_init_duration_seconds",
        "From the start of the process until a probe was first told that it is ready.", start.readySeconds());
    metrics.addSeconds("knatter_first_answer_seconds",
        "From the start of the process until it had answered its first request.", answered);
    new TreeMap<>(dependencies).forEach((name, up) -> metrics.add("knatter_" + name + "_up", "gauge",
        "Whether " + name + " could be used when it was last asked: 1, or 0. Why not is in the log.",
        up ? "1" : "0"));
    return Response.of(200, TYPE, metrics.text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void addSeconds(String name, String help, OptionalDouble seconds) {
    if (seconds.isPresent()) {
      add(name, "gauge", help, Double.toString(seconds.getAsDouble()));
    }
  }

  private void add(String name, String type, String help, String value) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    text.append(name).append(labels).append(' ').append(value).append('\n');
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
