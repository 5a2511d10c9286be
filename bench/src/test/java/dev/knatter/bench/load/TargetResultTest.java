package dev.knatter.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import dev.knatter.bench.generator.Outcome;
import dev.knatter.bench.report.Spread;
import org.junit.jupiter.api.Test;

final class TargetResultTest {
  private static LoadFigures.Sample sample(String party, double rate, double cores) {
    return new LoadFigures.Sample(new Outcome(rate, 1, 2, 0, ""), Map.of(party, cores));
  }

  @Test
  void ratios_areThoseOfTheSameRound() {
    List<LoadFigures.Sample> ours = List.of(sample("knatter", 100, 1), sample("knatter", 50, 1));
    List<LoadFigures.Sample> theirs = List.of(sample("driver", 200, 0.5), sample("driver", 200, 1));

    TargetResult standing = TargetResult.of("driver", theirs, ours);

    assertThat(standing.rate()).isEqualTo(new Spread(0.375, 0.25, 0.5));
    assertThat(standing.cpu()).isEqualTo(new Spread(4, 4, 4)); // 10 ms against 2.5, and 20 against 5
  }

  @Test
  void ours_areNotComparedWithThemselves() {
    List<LoadFigures.Sample> ours = List.of(sample("knatter", 100, 1));
    assertThat(TargetResult.of("knatter", ours, ours)).extracting(TargetResult::rate, TargetResult::cpu)
      .containsExactly(null, null);
  }
}
