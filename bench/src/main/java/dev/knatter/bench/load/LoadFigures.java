package dev.knatter.bench.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.knatter.bench.generator.Outcome;
import dev.knatter.bench.report.Spread;

/**
 * The figures of one target over all rounds.
 *
 * @param rate     requests a second
 * @param p50      milliseconds
 * @param p99      milliseconds
 * @param cores    by process: how many processors it kept busy, the median
 * @param failures of all rounds
 * @param failure  what the first failure said; empty where there was none
 */
record LoadFigures(Spread rate, Spread p50, Spread p99, Map<String, Double> cores, long failures,
    String failure) {
  /** What one round measured. */
  record Sample(Outcome outcome, Map<String, Double> cores) {}

  static LoadFigures of(List<Sample> samples) {
    List<Outcome> outcomes = samples.stream().map(Sample::outcome).toList();
    Map<String, Double> cores = new LinkedHashMap<>();
    for (String process : samples.getFirst().cores().keySet()) {
      cores.put(process, Spread.of(samples.stream()
        .map(sample -> sample.cores().getOrDefault(process, Double.NaN))
        .toList())
        .median());
    }
    return new LoadFigures(Spread.of(outcomes.stream().map(Outcome::rate).toList()),
        Spread.of(outcomes.stream().map(Outcome::p50).toList()),
        Spread.of(outcomes.stream().map(Outcome::p99).toList()), cores,
        outcomes.stream().mapToLong(Outcome::failures).sum(),
        outcomes.stream().map(Outcome::failure).filter(text -> !text.isEmpty()).findFirst().orElse(""));
  }
}
