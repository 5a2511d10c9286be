package dev.knatter.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How Jackson is configured: what it refuses, its limits, and what the tree looks like. */
final class JsonReaderTest {
  private static @Nullable Object read(String text) {
    return new Json().tree(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(String text, String detail) {
    assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(InvalidInput.class,
        e -> assertThat(e.errors()).containsExactly(new FieldError("", detail)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      x                 | 1 | 1
      {\\"a\\":1        | 1 | 7
      {\\n \\"a\\": 01}  | 2 | 8
      [1,\\r\\n\\r2,\\n,] | 4 | 1
      """)
  void textThatIsNotJson_isRefusedWithAPosition(String text, int line, int column) {
    assertRefused(text.translateEscapes(), "must be one well-formed JSON text without repeated names (line "
        + line + ", column " + column + ")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 2", "[]x", "[1,]", "{\"a\":1,}", "[NaN]", "[Infinity]", "[01]", "[+1]", "[.5]",
      "['a']", "{a:1}", "[1/**/]", "[\"a\nb\"]", "[\"\\x\"]", "{\"a\":1,\"a\":2}",
      "{\"a\":{\"b\":1,\"\\u0062\":null}}", "\uFEFF{}", "\u0000", "{]", "]"})
  void whatOtherParsersTolerate_isRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(InvalidInput.class,
        e -> assertThat(e.errors().getFirst().detail())
          .startsWith("must be one well-formed JSON text without repeated names (line "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t\r "})
  void nothing_isMissing(String text) {
    assertRefused(text, "is missing");
  }

  @Test
  void numbers_areLongsOrDoubles() {
    assertThat(read("123.456e-789")).isEqualTo(0.0);
    assertThat(read("-1e9999")).isEqualTo(Double.NEGATIVE_INFINITY); // the binder refuses it
    assertThat(read("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(read("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(read("9223372036854775808")).isEqualTo(0x1p63);
    assertThat(read("-0")).isEqualTo(0L);
    assertThat(read("-0.0")).isEqualTo(-0.0);
    assertThat(read("1.0")).isEqualTo(1.0);
  }

  @Test
  void halfACharacter_isReadAsItIs() {
    assertThat(read("\"\\uDADA\"")).isEqualTo("\uDADA"); // the binder refuses it
    assertThat(read("{\"\\uDFAA\":0}")).isEqualTo(Map.of("\uDFAA", 0L));
  }

  @Test
  void members_keepTheirOrder() {
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("z", Arrays.asList(true, null, List.of()));
    expected.put("a\"\\/\b\f\n\r\té😀", Map.of());
    assertThat(read(
        " { \"z\" : [ true , null , [ ] ] , \"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83D\\uDE00\" : { } } "))
      .isEqualTo(expected)
      .asString()
      .startsWith("{z=");
  }

  @Test
  void sizes_areBounded() {
    assertThat(read("[".repeat(64) + "]".repeat(64))).isNotNull();
    assertThat(read("[" + "[[]],".repeat(100) + "0]")).isNotNull();
    assertThat(read("1".repeat(1000))).isNotNull();
    assertThat(read("{\"" + "a".repeat(50_000) + "\":1}")).isNotNull();
    for (String text : List.of("[".repeat(65) + "]".repeat(65), "{\"a\":".repeat(65), "[".repeat(1_000_000),
        "1".repeat(100_000), "0." + "1".repeat(100_000), "1e" + "1".repeat(100_000),
        "{\"" + "a".repeat(100_000) + "\":1}")) {
      assertRefused(text, "is nested too deeply or has a number or name that is too long");
    }
  }

  /** Invalid, overlong, a surrogate, cut, UTF-16. */
  @ParameterizedTest
  @ValueSource(strings = {"5b22ff225d", "5b22c0af225d", "5b22eda080225d", "5b22e0ff225d", "5b22e2225d",
      "fffe5b0022002200", "5b22f4bfbfbf225d"})
  void bytes_thatAreNotUtf8_areRefused(String hex) {
    assertThatThrownBy(() -> new Json().tree(HexFormat.of().parseHex(hex)))
      .isInstanceOfSatisfying(InvalidInput.class,
          e -> assertThat(e.errors()).containsExactly(new FieldError("", "must be UTF-8")));
    assertThat(read("[\"é😀\"]")).isEqualTo(List.of("é😀"));
  }
}
