package dev.knatter.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

final class PartyResultTest {
  private static Figures.Sample sample(String party, double rate, double cores) {
    return new Figures.Sample(new Outcome(rate, 1, 2, 0, ""), Map.of(party, cores));
  }

  @Test
  void ratios_areThoseOfTheSameRound() {
    List<Figures.Sample> ours = List.of(sample("knatter", 100, 1), sample("knatter", 50, 1));
    List<Figures.Sample> theirs = List.of(sample("driver", 200, 0.5), sample("driver", 200, 1));

    PartyResult standing = PartyResult.of("driver", theirs, ours);

    assertThat(standing.rate()).isEqualTo(new Spread(0.375, 0.25, 0.5));
    assertThat(standing.cpu()).isEqualTo(new Spread(4, 4, 4)); // 10 ms against 2.5, and 20 against 5
  }

  @Test
  void ours_areNotComparedWithThemselves() {
    List<Figures.Sample> ours = List.of(sample("knatter", 100, 1));
    assertThat(PartyResult.of("knatter", ours, ours)).extracting(PartyResult::rate, PartyResult::cpu)
      .containsExactly(null, null);
  }
}
