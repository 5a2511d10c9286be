package dev.knatter.shared.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import dev.knatter.shared.Env;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OperatorsTest {
  @Test
  void names_areReadAsUsernamesAre() {
    assertThat(Operators.from(Env.of(Map.of("KNATTER_OPERATORS", " Ada, grace.hopper ,, x-1"))).usernames())
      .containsExactlyInAnyOrder("ada", "grace.hopper", "x-1");
    assertThat(Operators.from(Env.of(Map.of())).usernames()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada grace", "ada;grace", "*", "ab", "-ada"})
  void namesThatAreNone_stopTheStart(String names) {
    assertThatThrownBy(() -> Operators.from(Env.of(Map.of("KNATTER_OPERATORS", names))))
      .isInstanceOf(IllegalStateException.class)
      .hasMessageContaining("KNATTER_OPERATORS");
  }
}
