package dev.knatter.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import dev.knatter.bench.generator.Latencies;
import dev.knatter.bench.generator.Outcome;
import dev.knatter.bench.report.Spread;
import org.junit.jupiter.api.Test;

final class LoadFiguresTest {
  @Test
  void percentiles_ofAHundredInTwoParts_areExact() {
    Latencies odd = new Latencies();
    Latencies even = new Latencies();
    LongStream.rangeClosed(1, 100).forEach(i -> (i % 2 == 0 ? even : odd).add(i * 1_000_000));

    Latencies all = Latencies.all(List.of(odd, even));

    assertThat(all.count()).isEqualTo(100);
    assertThat(all.millis(0.50)).isEqualTo(50);
    assertThat(all.millis(0.99)).isEqualTo(99);
    assertThat(all.millis(1)).isEqualTo(100);
  }

  @Test
  void spread_ofAnEvenNumber_hasTheMiddleOfTheMiddleTwo() {
    assertThat(Spread.of(List.of(9.0, 1.0, 4.0, 2.0))).isEqualTo(new Spread(3, 1, 9));
    assertThat(Spread.of(List.of(9.0, 1.0, 4.0)).text(1)).isEqualTo("4.0 (1.0–9.0)");
  }

  @Test
  void outcome_betweenProcesses_staysAsItIs() {
    Outcome well = new Outcome(1234.5, 0.25, Double.NaN, 0, "");
    Outcome badly = new Outcome(0, 1, 2, 3, "java.io.IOException: two words");

    assertThat(Outcome.decode(well.encode())).isEqualTo(well);
    assertThat(Outcome.decode(badly.encode())).isEqualTo(badly);
  }

  @Test
  void figures_ofTwoRounds_addFailuresAndKeepTheFirstText() {
    LoadFigures figures = LoadFigures.of(List.of(
        new LoadFigures.Sample(new Outcome(100, 1, 2, 0, ""), Map.of("function", 0.5)),
        new LoadFigures.Sample(new Outcome(300, 3, 4, 2, "503"), Map.of("function", 0.7))));

    assertThat(figures.rate()).isEqualTo(new Spread(200, 100, 300));
    assertThat(figures.cores().get("function")).isEqualTo(0.6, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(figures.failures()).isEqualTo(2);
    assertThat(figures.failure()).isEqualTo("503");
  }
}
