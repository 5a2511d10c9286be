package dev.knatter.bench.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import dev.knatter.bench.live.LiveResult.Again;
import dev.knatter.bench.live.LiveResult.Groups;
import dev.knatter.bench.live.LiveResult.Memory;
import dev.knatter.bench.live.LiveResult.Point;
import dev.knatter.bench.process.Machine;
import dev.knatter.bench.process.Scheduling;
import dev.knatter.bench.report.Spread;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class LiveReportTest {
  private static final Spread SPREAD = new Spread(2, 1, 3);
  private static final List<LiveResult> RESULTS = List.of(result("stream", 18.5), result("Pushpin", null));

  private static LiveResult result(String holder, @Nullable Double heap) {
    return new LiveResult(holder,
        List.of(new Point(1, SPREAD, SPREAD, 0, null),
            new Point(5_000, SPREAD, SPREAD, 4, new Groups(new Spread(9_000, 8_000, 9_500), SPREAD))),
        new Memory(5_000, heap, 46.2), new Again(5_000, SPREAD, 7, 6, 0), null);
  }

  @Test
  void messages_haveALineForEachHolderAndNumber() {
    assertThat(LiveReport.messages(RESULTS).lines()).hasSize(5)
      .anySatisfy(
          line -> assertThat(line).containsSubsequence("stream", "1 ", "2.0 (1.0–3.0)", "0", "–", "–"))
      .last()
      .asString()
      .containsSubsequence("Pushpin", "5,000", "2.0 (1.0–3.0)", "4", "9000 (8000–9500)", "2 (1–3)");
  }

  @Test
  void connections_haveNoHeapWhereNoJvmHoldsThem() {
    assertThat(LiveReport.connections(RESULTS).lines()).hasSize(3)
      .anySatisfy(line -> assertThat(line).containsSubsequence("stream", "5,000", "18.5", "46.2"))
      .last()
      .asString()
      .containsSubsequence("Pushpin", "5,000", "–", "46.2", "2.0 (1.0–3.0)", "7", "6", "0");
  }

  @Test
  void connectionsThatAreNotThereAgain_haveNoFigures_andTheReasonIsSaid() {
    LiveResult whole = RESULTS.getFirst();
    LiveResult broken = new LiveResult("Pushpin", whole.points(), whole.memory(), null, "Too slow.");
    assertThat(LiveReport.connections(List.of(broken)).lines()).last()
      .asString()
      .containsSubsequence("Pushpin", "5,000", "18.5", "46.2", "–", "–", "–", "–");
    assertThat(LiveReport.failure(broken)).containsExactly("Pushpin: Too slow.");
    assertThat(LiveReport.failure(whole)).isEmpty();
  }

  @Test
  void json_hasAllResults() {
    LiveOptions options = LiveOptions.parse(List.of());
    String json = LiveReport.json(options, new Machine(2, "25", "Linux", Scheduling.PREEMPTING, List.of()),
        Instant.EPOCH, RESULTS, LiveReport.notes(options));

    assertThat(new JsonMapper().readTree(json).at("/live/1/points/1/groups/perSecond/median").asDouble())
      .isEqualTo(9_000);
    assertThat(new JsonMapper().readTree(json).at("/heapMiB").asInt()).isEqualTo(options.heapMiB());
  }

  @Test
  void options_areTaken() {
    assertThat(LiveOptions.parse(List.of("--connections", "70,2", "--messages", "5", "--seconds", "1",
        "--rounds", "2", "--json", "x.json")))
      .isEqualTo(new LiveOptions(List.of(2, 70), 5, 1, 2, Path.of("x.json")));
  }

  @ParameterizedTest
  @CsvSource({"100, 96", "5000, 258", "20000, 1032"})
  void heap_isWhatSoManyConnectionsNeed(String connections, int heapMiB) {
    assertThat(LiveOptions.parse(List.of("--connections", connections)).heapMiB()).isEqualTo(heapMiB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--connections 0", "--connections 20001", "--readers 3", "--messages"})
  void options_thatCannotBeMeasured_areRefused(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> LiveOptions.parse(List.of(line.split(" ", -1))));
  }
}
