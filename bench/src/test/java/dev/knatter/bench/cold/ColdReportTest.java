package dev.knatter.bench.cold;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;

import dev.knatter.bench.process.Machine;
import dev.knatter.bench.process.Scheduling;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ColdReportTest {
  private static final List<StartFigures.Sample> FLOOR = List.of(new StartFigures.Sample(200, 250, 300, 80),
      new StartFigures.Sample(220, 500, 310, 80), new StartFigures.Sample(210, 260, 290, 80));
  private static final List<StartFigures.Sample> SEND = List.of(new StartFigures.Sample(250, 300, 360, 96),
      new StartFigures.Sample(300, 550, 380, 96), new StartFigures.Sample(255, 286, 350, 100));
  private static final ColdResults RESULTS = new ColdResults(Instant.EPOCH,
      new Machine(2, "25", "Linux", Scheduling.BATCHES, List.of("-Xmx96m")), 3,
      List.of(StartFigures.of("floor", FLOOR, FLOOR), StartFigures.of("send", SEND, FLOOR)),
      ColdReport.notes(/* peers= */ true, /* others= */ 0.9));

  @Test
  void text_holdsFiguresAndWhatTheyAreToTheFloorOfTheSameRound() {
    assertThat(ColdReport.text(RESULTS).lines().map(line -> line.strip().replaceAll(" +", " "))).contains(
        "floor 210 (200–220) 260 (250–500) 300 (290–310) 80 (80–80)",
        "send 255 (250–300) 300 (286–550) 360 (350–380) 96 (96–100)",
        "floor 1.00 (1.00–1.00) 1.00 (1.00–1.00) 1.00 (1.00–1.00)",
        "send 1.10 (1.10–1.20) 1.21 (1.20–1.23) 1.20 (1.20–1.25)");
  }

  @Test
  void notes_ofADisturbedRunWithPeers_saySo() {
    assertThat(RESULTS.notes()).anyMatch(note -> note.contains("kept 0.90 processors busy"))
      .anyMatch(note -> note.startsWith("The peers"));
    assertThat(ColdReport.notes(false, 0.1)).noneMatch(note -> note.contains("busy. Repeat"))
      .noneMatch(note -> note.startsWith("The peers"));
  }

  @Test
  void json_holdsTheSame() {
    JsonNode json = new JsonMapper().readTree(ColdReport.json(RESULTS));

    assertThat(json.at("/coldStarts/1/answer/min").asInt()).isEqualTo(286);
    assertThat(json.at("/coldStarts/1/toFloor/answer/median").asDouble()).isEqualTo(1.1);
    assertThat(json.at("/machine/jvm/0").asString()).isEqualTo("-Xmx96m");
    assertThat(json.at("/notes").size()).isEqualTo(RESULTS.notes().size());
  }
}
