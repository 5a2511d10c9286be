package dev.knatter.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.knatter.bench.process.Machine;
import dev.knatter.bench.process.Scheduling;
import dev.knatter.bench.report.Spread;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class LoadReportTest {
  private static final Map<String, Double> CORES = Map.of("knatter", 0.5, "driver", 0.4, "Cassandra", 1.0,
      "Redis", 0.1, "load", 0.1, "others", 0.9);
  private static final LoadFigures OURS = new LoadFigures(new Spread(500, 400, 600), new Spread(1, 1, 1),
      new Spread(2, 2, 2), CORES, 7, "503 busy");
  private static final LoadFigures DRIVER = new LoadFigures(new Spread(1000, 900, 1100), new Spread(1, 1, 1),
      new Spread(2, 2, 2), CORES, 0, "");
  private static final LoadResults RESULTS = new LoadResults(Instant.EPOCH,
      new Machine(2, "25", "Linux", Scheduling.BATCHES, List.of("-Xmx96m")),
      new LoadOptions(5, 3, Duration.ofSeconds(60), List.of(Scenario.SEND, Scenario.CACHED), List.of(8),
          List.of(), false, null),
      List.of(
          new LevelResult(Scenario.SEND, 8,
              List.of(new TargetResult("knatter", OURS, null, null),
                  new TargetResult("driver", DRIVER, new Spread(0.5, 0.4, 0.6), new Spread(2.5, 2, 3)))),
          new LevelResult(Scenario.CACHED, 8, List.of(new TargetResult("knatter", OURS, null, null)))),
      Map.of("send", 120.0));

  @Test
  void text_holdsAllPartiesAndOursByTheirs() {
    assertThat(print().lines().map(line -> line.strip().replaceAll(" +", " "))).contains(
        "8 knatter 500 (400–600) 1.00 (1.00–1.00) 2.00 (2.00–2.00)",
        "driver 1000 (900–1100) 1.00 (1.00–1.00) 2.00 (2.00–2.00) 0.50 (0.40–0.60)",
        "send, 8 knatter 0.50 1000 1.00 0.10 0.10 0.90",
        "driver 0.40 400 2.50 (2.00–3.00) 1.00 0.10 0.10 0.90",
        "send 120");
  }

  @Test
  void login_isTakenApart() {
    LevelResult login = new LevelResult(Scenario.LOGIN, 4,
        List.of(new TargetResult("knatter", OURS, null, null),
            new TargetResult("driver", DRIVER, new Spread(0.5, 0.4, 0.6), new Spread(20, 18, 22)),
            new TargetResult("Argon2id", DRIVER, new Spread(0.9, 0.9, 0.9), new Spread(1.25, 1.2, 1.3)),
            new TargetResult("RS256", DRIVER, new Spread(0.1, 0.1, 0.1), new Spread(50, 50, 50))));
    LoadResults results = new LoadResults(Instant.EPOCH, RESULTS.machine(), RESULTS.options(), List.of(login),
        Map.of());

    assertThat(print(results).lines().map(line -> line.strip().replaceAll(" +", " ")))
      .contains("login, 4 1000 µs 800 µs, 80% 20 µs, 2% 50 µs, 5% 130 µs, 13%");
    JsonNode split = new JsonMapper().readTree(LoadReport.json(results)).at("/split/0");
    assertThat(split.at("/micros").asInt()).isEqualTo(1000);
    assertThat(split.at("/shares/Argon2id").asDouble()).isEqualTo(0.8);
    assertThat(print()).doesNotContain("each part measured alone");
  }

  @Test
  void notes_ofADisturbedRunWithFailures_saySo() {
    assertThat(LoadNotes.all(RESULTS)).anyMatch(note -> note.contains("kept up to 0.90 processors busy"))
      .anyMatch(note -> note.equals(
          "send, 8 at once, knatter: 7 failed and do not count, the first with: 503 busy"));
  }

  @Test
  void json_holdsTheSame() {
    JsonNode json = new JsonMapper().readTree(LoadReport.json(RESULTS));

    assertThat(json.at("/requests/0/standings/1/rate/median").asDouble()).isEqualTo(0.5);
    assertThat(json.at("/requests/0/standings/1/figures/rate/max").asInt()).isEqualTo(1100);
    assertThat(json.at("/machine/jvm/0").asString()).isEqualTo("-Xmx96m");
    assertThat(json.at("/notes").size()).isEqualTo(LoadNotes.all(RESULTS).size());
  }

  private static String print() {
    return print(RESULTS);
  }

  private static String print(LoadResults results) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new LoadReport(new PrintStream(bytes, true, UTF_8)).print(results);
    return bytes.toString(UTF_8);
  }
}
