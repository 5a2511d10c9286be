package dev.knatter.bench.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.knatter.bench.report.Spread;

/**
 * What a request's processor time goes into, as far as it was also measured alone. The shares are of the same rounds;
 * what is left is the function's own.
 *
 * @param micros of processor time that a request takes
 * @param shares of it, by part; {@link #REST} is the last
 */
record CpuBreakdown(Scenario scenario, int connections, double micros, Map<String, Double> shares) {
  static final String REST = "rest";

  /** Empty where the parts say no more than the comparison with the driver does, or nothing was answered. */
  static Optional<CpuBreakdown> of(LevelResult level) {
    double micros = level.standings().getFirst().cpuMicros();
    if (!level.scenario().parts().contains(Part.SIGNATURE) || !Double.isFinite(micros)) {
      return Optional.empty();
    }
    Map<String, Double> shares = new LinkedHashMap<>();
    double rest = 1;
    for (TargetResult standing : level.standings()) {
      Spread ours = standing.cpu();
      if (ours != null) {
        shares.put(standing.party(), 1 / ours.median());
        rest -= 1 / ours.median();
      }
    }
    shares.put(REST, rest);
    return Optional.of(new CpuBreakdown(level.scenario(), level.connections(), micros, shares));
  }

  /** As {@code 520 µs, 12%}; nothing for what is no part of it. */
  String text(String part) {
    Double share = shares.get(part);
    return share == null
        ? ""
        : Spread.number(micros * share, 0) + " µs, " + Spread.number(100 * share, 0) + "%";
  }
}
