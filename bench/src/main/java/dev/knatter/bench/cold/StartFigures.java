package dev.knatter.bench.cold;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import dev.knatter.bench.report.Spread;

/**
 * How a program comes to be, over all its starts.
 *
 * @param ready    milliseconds from the start of its program until it says that it is ready
 * @param answer   milliseconds until its first request is answered
 * @param cpu      milliseconds of processor time that took
 * @param resident its resident memory then, in MiB
 * @param toFloor  the same by what the floor took in the same round
 */
record StartFigures(String program, Spread ready, Spread answer, Spread cpu, Spread resident,
    Ratios toFloor) {
  /** What one start measured. */
  record Sample(double ready, double answer, double cpu, double resident) {}

  /** How many times what the floor takes, round by round. */
  record Ratios(Spread answer, Spread cpu, Spread resident) {}

  /** @param floor its samples, in the same order */
  static StartFigures of(String program, List<Sample> samples, List<Sample> floor) {
    return new StartFigures(program, spread(samples, Sample::ready), spread(samples, Sample::answer),
        spread(samples, Sample::cpu), spread(samples, Sample::resident),
        new Ratios(ratio(samples, floor, Sample::answer), ratio(samples, floor, Sample::cpu),
            ratio(samples, floor, Sample::resident)));
  }

  private static Spread spread(List<Sample> samples, ToDoubleFunction<Sample> part) {
    return Spread.of(samples.stream().map(part::applyAsDouble).toList());
  }

  private static Spread ratio(List<Sample> samples, List<Sample> floor, ToDoubleFunction<Sample> part) {
    return Spread.of(IntStream.range(0, samples.size())
      .mapToObj(i -> part.applyAsDouble(samples.get(i)) / part.applyAsDouble(floor.get(i)))
      .toList());
  }
}
