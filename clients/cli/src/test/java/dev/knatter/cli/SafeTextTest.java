package dev.knatter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SafeTextTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 7, 8, '\r', 0x1B, 0x7F, 0x85, 0x9B, 0x061C, 0x200F, 0x2028, 0x2029, 0x202E, 0x2066})
  void characterThatATerminalObeys_isReplaced(int character) {
    assertThat(SafeText.line("a" + Character.toString(character) + "b")).isEqualTo("a\uFFFDb");
  }

  @Test
  void text_isShownAsItIs() {
    assertThat(SafeText.line("plain 👋 ключ e\u0301 שלום")).isEqualTo("plain 👋 ключ e\u0301 שלום");
  }

  @Test
  void linesOfAMessage_areNoLinesOfTheirOwn() {
    assertThat(SafeText.line("a\nb\tc")).isEqualTo("a b c");
    assertThat(SafeText.block("a\nb\r\nc")).isEqualTo("a\n    b\n    c");
  }

  @Test
  void json_keepsItsMeaning() {
    assertThat(SafeText.json("{\"a\":\"x\u009by👋\"}")).isEqualTo("{\"a\":\"x\\u009by👋\"}");
  }
}
