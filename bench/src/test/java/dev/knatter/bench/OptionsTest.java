package dev.knatter.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionsTest {
  @Test
  void parse_ofAll_takesEach() {
    assertThat(Options.parse("--seconds", "2", "--rounds", "3", "--starts", "4", "--jvm", " -Xint  -Da=b",
        "--json", "x.json"))
      .isEqualTo(new Options(2, 3, 4, List.of("-Xint", "-Da=b"), Path.of("x.json")));
  }

  @Test
  void parse_ofQuickWithMore_changesOnlyThat() {
    assertThat(Options.parse("--rounds", "9", "--quick")).isEqualTo(new Options(1, 9, 3, List.of(), null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--what", "--rounds", "--rounds 0", "--seconds x", "--starts -1"})
  void parse_ofNonsense_saysSo(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> Options.parse(line.split(" ", -1)))
      .withMessageContaining(line.split(" ", -1)[0]);
  }
}
