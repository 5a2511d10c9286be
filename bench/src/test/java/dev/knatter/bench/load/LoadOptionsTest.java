package dev.knatter.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.knatter.bench.cold.ColdOptions;
import dev.knatter.bench.growth.GrowthOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadOptionsTest {
  @Test
  void parse_ofAll_takesEach() {
    assertThat(
        LoadOptions
          .parse(List.of("--seconds", "2", "--rounds", "3", "--only", "send", "--connections", "64,8",
              "--warm-up", "20", "--jvm", " -Xint  -Da=b", "--preempting", "--json", "x.json")))
      .isEqualTo(new LoadOptions(2, 3, Duration.ofSeconds(20), List.of(Scenario.SEND), List.of(8, 64),
          List.of("-Xint", "-Da=b"), true,
          Path.of("x.json")));
    assertThat(
        ColdOptions.parse(List.of("--starts", "4", "--peers", "--explain", "send", "--json", "x.json")))
      .isEqualTo(new ColdOptions(4, true, "send", Path.of("x.json")));
  }

  @Test
  void parse_ofQuickWithMore_changesOnlyThat() {
    assertThat(LoadOptions.parse(List.of("--rounds", "9", "--quick")))
      .isEqualTo(new LoadOptions(1, 9, Duration.ofSeconds(5), List.of(Scenario.values()), List.of(1, 8, 64),
          List.of(), false, null));
  }

  @Test
  void parse_ofOneOptionTwice_takesTheLast() {
    assertThat(LoadOptions.parse(List.of("--rounds", "9", "--json", "x.json", "--rounds", "2")).rounds())
      .isEqualTo(2);
  }

  @Test
  void only_takesEveryScenario() {
    for (Scenario scenario : Scenario.values()) {
      String word = scenario.name().toLowerCase(Locale.ROOT);
      assertThat(LoadOptions.parse(List.of("--quick", "--only", word)).scenarios()).containsExactly(scenario);
    }
  }

  @Test
  void logins_areNoMoreAtOnceThanAPodIsGiven() {
    assertThat(Stream.of(1, 8, 64).map(Scenario.LOGIN::atOnce)).containsExactly(1, 4, 4);
    assertThat(Stream.of(1, 8, 64).map(Scenario.SEND::atOnce)).containsExactly(1, 8, 64);
  }

  @Test
  void parse_ofGrowth_takesNumbersInAnyOrder() {
    assertThat(GrowthOptions
      .parse(List.of("--sizes", "500,10,500", "--connections", "2", "--seconds", "3", "--rounds",
          "4", "--publish", "--json", "x.json")))
      .isEqualTo(new GrowthOptions(List.of(10, 500), List.of(2), 3, 4, true, Path.of("x.json")));
    assertThatIllegalArgumentException().isThrownBy(() -> GrowthOptions.parse(List.of("--sizes", "1,x")))
      .withMessageContaining("--sizes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--what", "--rounds", "--rounds 0", "--seconds x", "--rounds -1", "--only x",
      "--connections 0"})
  void parse_ofNonsense_saysSo(String line) {
    List<String> words = List.of(line.split(" ", -1));
    assertThatIllegalArgumentException().isThrownBy(() -> LoadOptions.parse(words))
      .withMessageMatching("(?s).*(" + words.getFirst() + "|scenario).*");
  }
}
