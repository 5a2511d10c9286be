package dev.knatter.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How a function comes to be, over all its starts.
 *
 * @param ready    milliseconds from the start of its program until it says that it is ready
 * @param answer   milliseconds until its first request is answered
 * @param cpu      milliseconds of processor time that took
 * @param resident its resident memory then, in MiB
 */
record Start(String function, Spread ready, Spread answer, Spread cpu, Spread resident) {
  /** What one start measured. */
  record Sample(double ready, double answer, double cpu, double resident) {}

  static Start of(String function, List<Sample> samples) {
    return new Start(function, spread(samples, Sample::ready), spread(samples, Sample::answer),
        spread(samples, Sample::cpu), spread(samples, Sample::resident));
  }

  private static Spread spread(List<Sample> samples, ToDoubleFunction<Sample> part) {
    return Spread.of(samples.stream().map(part::applyAsDouble).toList());
  }
}
