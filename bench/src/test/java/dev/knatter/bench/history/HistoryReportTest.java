package dev.knatter.bench.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.knatter.bench.process.Machine;
import dev.knatter.bench.process.Scheduling;
import dev.knatter.bench.report.Spread;
import dev.knatter.chat.page.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class HistoryReportTest {
  private static final List<String> HISTORIES = List.of("1,000", "sparse");
  private static final List<HistoryPoint> POINTS = Stream.of(HistoryPlace.values())
    .flatMap(place -> Stream.of(Direction.values())
      .flatMap(direction -> HISTORIES.stream()
        .map(name -> new HistoryPoint(place, direction, name, new Spread(1, 1, 1), new Spread(2, 1, 3),
            new Spread(1.07, 1, 1.2)))))
    .toList();

  @Test
  void table_hasTheTimesAndTheRatiosSideBySide() {
    assertThat(HistoryReport.table(HISTORIES, POINTS).lines()).hasSize(7)
      .first()
      .asString()
      .containsSubsequence("page", "read", "1,000, ms", "sparse, ms", "×, sparse");
    assertThat(HistoryReport.table(HISTORIES, POINTS).lines().skip(1))
      .allMatch(line -> line.endsWith("2.0 (1.0–3.0)  2.0 (1.0–3.0)       1.07"))
      .anyMatch(line -> line.matches(" *oldest +forwards .*"));
  }

  @Test
  void json_hasEveryPoint() {
    HistoryOptions options = HistoryOptions.parse(List.of());
    String json = HistoryReport.json(options, new Machine(2, "25", "Linux", Scheduling.BATCHES, List.of()),
        Instant.EPOCH, POINTS, HistoryReport.notes(options));
    assertThat(new JsonMapper().readTree(json).at("/history").size()).isEqualTo(12);
  }

  @Test
  void options_areTaken() {
    assertThat(HistoryOptions.parse(List.of("--quick", "--rounds", "2")))
      .isEqualTo(new HistoryOptions(List.of(1_000, 100_000), 12, 300, 2, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--page 19", "--sizes 20", "--page", "--pages 3"})
  void options_thatCannotBeMeasured_areRefused(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> HistoryOptions.parse(List.of(line.split(" ", -1))));
  }
}
