package dev.knatter.bench.load;

import java.util.List;
import java.util.stream.IntStream;

import dev.knatter.bench.load.LoadFigures.Sample;
import dev.knatter.bench.report.Spread;
import org.jspecify.annotations.Nullable;

/**
 * What a target reached at one level, and how our functions compare, round by round.
 *
 * @param rate our requests a second by its; null for our own
 * @param cpu  what we compute for a request by what it does; null for our own
 */
record TargetResult(String party, LoadFigures figures, @Nullable Spread rate, @Nullable Spread cpu) {
  static TargetResult of(String party, List<Sample> samples, List<Sample> ours) {
    if (party.equals(LoadTarget.KNATTER)) {
      return new TargetResult(party, LoadFigures.of(samples), null, null);
    }
    List<Integer> rounds = IntStream.range(0, samples.size()).boxed().toList();
    return new TargetResult(party, LoadFigures.of(samples),
        Spread.of(rounds.stream()
          .map(i -> ours.get(i).outcome().rate() / samples.get(i).outcome().rate())
          .toList()),
        Spread.of(
            rounds.stream()
              .map(i -> cpu(LoadTarget.KNATTER, ours.get(i)) / cpu(party, samples.get(i)))
              .toList()));
  }

  /** Processor time that the target takes for a request, in microseconds, by the medians. */
  double cpuMicros() {
    return figures.cores().getOrDefault(party, Double.NaN) * 1e6 / figures.rate().median();
  }

  /** Processor time for a request, in seconds. */
  private static double cpu(String party, Sample sample) {
    return sample.cores().getOrDefault(party, Double.NaN) / sample.outcome().rate();
  }
}
