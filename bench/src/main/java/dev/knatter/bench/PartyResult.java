package dev.knatter.bench;

import java.util.List;
import java.util.stream.IntStream;

import dev.knatter.bench.Figures.Sample;
import org.jspecify.annotations.Nullable;

/**
 * How a party did at one level, and what is ours beside it, round by round.
 *
 * @param rate our requests a second by its; null for our own
 * @param cpu  what we compute for a request by what it does; null for our own
 */
record PartyResult(String party, Figures figures, @Nullable Spread rate, @Nullable Spread cpu) {
  static PartyResult of(String party, List<Sample> samples, List<Sample> ours) {
    if (party.equals(Party.KNATTER)) {
      return new PartyResult(party, Figures.of(samples), null, null);
    }
    List<Integer> rounds = IntStream.range(0, samples.size()).boxed().toList();
    return new PartyResult(party, Figures.of(samples),
        Spread.of(rounds.stream()
          .map(i -> ours.get(i).outcome().rate() / samples.get(i).outcome().rate())
          .toList()),
        Spread.of(
            rounds.stream().map(i -> cpu(Party.KNATTER, ours.get(i)) / cpu(party, samples.get(i))).toList()));
  }

  /** Processor time that the party takes for a request, in microseconds, by the medians. */
  double cpuMicros() {
    return figures.cores().getOrDefault(party, Double.NaN) * 1e6 / figures.rate().median();
  }

  /** Processor time for a request, in seconds. */
  private static double cpu(String party, Sample sample) {
    return sample.cores().getOrDefault(party, Double.NaN) / sample.outcome().rate();
  }
}
