package dev.knatter.bench.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.knatter.bench.process.Machine;
import dev.knatter.bench.process.Scheduling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class ScreenReportTest {
  private static final List<ScreenReport.Point> POINTS = Stream.of(FunctionState.values())
    .map(state -> ScreenReport.Point.of(state,
        List.of(new PageVisit.Times(100, 900, 300), new PageVisit.Times(100, 200, 400))))
    .toList();

  @Test
  void table_hasALineForEachState() {
    assertThat(ScreenReport.table(POINTS).lines()).hasSize(4)
      .anySatisfy(line -> assertThat(line).containsSubsequence("asleep, with wake()", "100 (100–100)",
          "550 (200–900)", "350 (300–400)", "650 (400–900)"));
  }

  @Test
  void json_hasEveryState() {
    ScreenOptions options = ScreenOptions.parse(List.of());
    String json = ScreenReport.json(options, new Machine(2, "25", "Linux", Scheduling.PREEMPTING, List.of()),
        Instant.EPOCH, POINTS, ScreenReport.notes(options));

    assertThat(new JsonMapper().readTree(json).at("/screen").size()).isEqualTo(3);
    assertThat(new JsonMapper().readTree(json).at("/screen/1/shown/median").asDouble()).isEqualTo(650);
  }

  @Test
  void options_areTaken() {
    assertThat(ScreenOptions.parse(List.of("--visits", "2", "--json", "x.json")))
      .isEqualTo(new ScreenOptions(2, Path.of("x.json")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--visits 0", "--visits", "--wake"})
  void options_thatCannotBeMeasured_areRefused(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> ScreenOptions.parse(List.of(line.split(" ", -1))));
  }
}
