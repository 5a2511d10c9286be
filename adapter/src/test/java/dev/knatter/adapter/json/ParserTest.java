package dev.knatter.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is JSON and what is not. Most texts are those of the public suite, nst/JSONTestSuite: y_, n_ and i_ in turn. */
final class ParserTest {

  @ParameterizedTest
  @ValueSource(strings = {"[[]   ]", "[\"\"]", "[]", "[\"a\"]", "[false]", "[null, 1, \"1\", {}]", "[null]",
      "[1\n]", " [1]", "[1,null,null,null,2]", "[2] ", "[123e65]", "[0e+1]", "[0e1]", "[ 4]",
      "[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]\n", "[20e1]",
      "[-0]", "[-123]", "[-1]", "[-0]", "[1E22]", "[1E-2]", "[1E+2]", "[123e45]", "[123.456e78]", "[1e-2]",
      "[1e+2]", "[123]", "[123.456789]", "{\"asd\":\"sdf\", \"dfg\":\"fgh\"}", "{\"asd\":\"sdf\"}", "{}",
      "{\"\":0}", "{\"foo\\u0000bar\": 42}", "{ \"min\": -1.0e+28, \"max\": 1.0e+28 }",
      "{\"x\":[{\"id\": \"xxxx\"}], \"id\": \"xxxx\"}", "{\"a\":[]}", "{\"title\":\"\\u041f\\u043e\" }",
      "{\n\"a\": \"b\"\n}", "[\"\\u0060\\u012a\\u12AB\"]", "[\"\\uD801\\udc37\"]",
      "[\"\\ud83d\\ude39\\ud83d\\udc8d\"]", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "[\"\\\\u0000\"]",
      "[\"\\\"\"]",
      "[\"a/*b*/c/*d//e\"]", "[\"\\\\a\"]", "[\"\\\\n\"]", "[\"\\u0012\"]", "[\"\\uFFFF\"]", "[\"asd\"]",
      "[ \"asd\"]", "[\"\uDBFF\uDFFF\"]", "[\"new\u00A0line\"]", "[\"\uDBFF\uDFFE\"]", "[\"\uFFFF\"]",
      "[\"\\u0000\"]", "[\"\\u002c\"]", "[\"π\"]", "[\"\u2028\"]", "\" \"", "[\"\\uD834\\uDd1e\"]",
      "[\"\\u0821\"]", "[\"\\u0123\"]", "[\"\u2029\"]", "[\"\\u0061\\u30af\\u30EA\\u30b9\"]",
      "[\"new\\u000Aline\"]",
      "[\"\u007f\"]", "[\"\\uA66D\"]", "[\"\\u005C\"]", "[\"⍂㈴⍂\"]", "[\"\\u200B\"]", "[\"\\uFDD0\"]",
      "[\"€𝄞\"]", "[\"a\u007fa\"]", "false", "42", "-0.1", "null", "\"asd\"", "true", "\"\"", "[\"a\"]\n",
      "[true]", " [] ", "\t\r\n[]"})
  void json_isRead(String text) {
    Parser.parse(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1 true]", "[\"\": 1]", "[\"\"],", "[,1]", "[1,,2]", "[\"x\",,]", "[\"x\"]]",
      "[\"\",]", "[\"x\"", "[x", "[3[4]]", "[,]", "[-]", "[   , \"\"]", "[\"a\",\n4\n,1,", "[1,]", "[1,,]",
      "[\"\u000ba\"\\f]", "[*]", "[\"\"", "[1,", "[1,\n1\n,1", "[{}", "[fals]", "[nul]", "[tru]", "[++1234]",
      "[+1]", "[+Inf]", "[-01]", "[-1.0.]", "[-2.]", "[-NaN]", "[.-1]", "[.2e-3]", "[0.1.2]", "[0.3e+]",
      "[0.3e]", "[0.e1]", "[0E+]", "[0E]", "[0e+]", "[0e]", "[1.0e+]", "[1.0e-]", "[1.0e]", "[1 000.0]",
      "[1eE2]", "[2.e+3]", "[2.e-3]", "[2.e3]", "[9.e+]", "[Inf]", "[NaN]", "[\uff11]", "[1+2]", "[0x1]",
      "[0x42]", "[Infinity]", "[0e+-1]", "[-123.123foo]", "[-Infinity]", "[-foo]", "[- 1]", "[-012]",
      "[-.123]", "[-1x]", "[1ea]", "[1.]", "[.123]", "[1.2a-3]", "[1.8011670033376514H-308]", "[012]",
      "[\"x\", truth]", "{[: \"x\"}\n", "{\"x\", null}", "{\"x\"::\"b\"}", "{🇨🇭}", "{\"a\":\"a\" 123}",
      "{key: 'value'}", "{\"a\" b}", "{:\"b\"}", "{\"a\" \"b\"}", "{\"a\":", "{\"a\"", "{1:1}",
      "{9999E9999:1}",
      "{null:null,null:null}", "{\"id\":0,,,,,}", "{'a':0}", "{\"id\":0,}", "{\"a\":\"b\"}/**/",
      "{\"a\":\"b\"}/**//", "{\"a\":\"b\"}//", "{\"a\":\"b\"}/", "{\"a\":\"b\",,\"c\":\"d\"}", "{a: \"b\"}",
      "{\"a\":\"a", "{ \"foo\" : \"bar\", \"a\" }", "{\"a\":\"b\"}#", " [", "[\"\\uD800\\\"]",
      "[\"\\uD800\\u\"]", "[\"\\uD800\\u1\"]", "[\"\\uD800\\u1x\"]", "[é]", "[\"\\\u0000\"]", "[\"\\x00\"]",
      "[\"\\\\\\\"]", "[\"\\\t\"]", "[\"\\🌀\"]", "[\"\\\"]", "[\"\\u00A\"]", "[\"\\uD834\\uDd\"]",
      "[\"\\uD800\\uD800\\x\"]", "[\"\\a\"]", "[\"\\uqqqq\"]", "[\\u0020\"asd\"]", "[\\n]", "\"",
      "['single quote']",
      "abc", "[\"\\", "[\"a\u0000a\"]", "[\"new\nline\"]", "[\"\t\"]", "\"\\UA66D\"", "\"\"x", "<.>",
      "[<null>]",
      "[1]x", "[1]]", "[\"asd]", "aå", "[True]", "1]", "{\"x\": true,", "[][]", "]", "{]", "{\"a\":\"b\"",
      "[",
      "{", "[\"a", "[\"a\"", "{\"a", "{'a'", "[\"\\{[\"\\{", "é", "*", "{\"a\":\"b\"}#{}", "[\u2060]",
      "[\\u000A\"\"]", "[1", "[ false, nul", "[ true, fals", "[ false, tru", "{\"asd\":\"asd\"", "å", "[\f]",
      "\uFEFF{}", "{\"a\":1,\"a\":2}", "{\"a\":{\"b\":1,\"\\u0062\":null}}", "\u00A0[]", "[\"\\u\uff11111\"]",
      "-", "01", "1.e1", "truefalse", "nulll", "1 2", "\u0000", "[1\u0000]", "\"a\u0000", "{\"a\":1}\u0000"})
  void otherText_isRefused(String text) {
    assertThatThrownBy(() -> Parser.parse(text)).isInstanceOfSatisfying(InvalidInput.class,
        e -> assertThat(e.errors()).singleElement()
          .satisfies(error -> assertThat(error.pointer()).isEmpty())
          .satisfies(error -> assertThat(error.detail())
            .startsWith("must be one well-formed JSON text without repeated names (line ")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t\r "})
  void nothing_isMissing(String text) {
    assertThatThrownBy(() -> Parser.parse(text)).isInstanceOfSatisfying(InvalidInput.class,
        e -> assertThat(e.errors()).containsExactly(new FieldError("", "is missing")));
  }

  @Test
  void whatIsLeftToImplementations_isDecided() {
    assertThat(Parser.parse("123.456e-789")).isEqualTo(0.0);
    assertThat(Parser.parse("-1e9999")).isEqualTo(Double.NEGATIVE_INFINITY); // bound to nothing
    assertThat(Parser.parse("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(Parser.parse("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(Parser.parse("9223372036854775808")).isEqualTo(0x1p63);
    assertThat(Parser.parse("100000000000000000000")).isEqualTo(1e20);
    assertThat(Parser.parse("-0")).isEqualTo(0L);
    assertThat(Parser.parse("-0.0")).isEqualTo(-0.0);
    assertThat(Parser.parse("1.0")).isEqualTo(1.0);
    assertThat(Parser.parse("\"\\uDADA\"")).isEqualTo("\uDADA"); // bound to nothing either
    assertThat(Parser.parse("{\"\\uDFAA\":0}")).isEqualTo(Map.of("\uDFAA", 0L));
  }

  @Test
  void members_keepTheirOrder() {
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("z", Arrays.asList(true, null, List.of()));
    expected.put("a\"\\/\b\f\n\r\té😀", Map.of());
    assertThat(Parser.parse(
        " { \"z\" : [ true , null , [ ] ] , \"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83D\\uDE00\" : { } } "))
      .isEqualTo(expected)
      .asString()
      .startsWith("{z=");
  }

  @Test
  void sizes_areBounded() {
    Parser.parse("[".repeat(64) + "]".repeat(64));
    Parser.parse("[" + "[[]],".repeat(100) + "0]");
    Parser.parse("1".repeat(1000));
    Parser.parse("-0." + "1".repeat(999));
    Parser.parse("{\"" + "a".repeat(50_000) + "\":1}");
    for (String text : List.of("[".repeat(65) + "]".repeat(65), "{\"a\":".repeat(65), "[".repeat(1_000_000),
        "1".repeat(1001), "0." + "1".repeat(1000), "1e" + "1".repeat(1000),
        "{\"" + "a".repeat(50_001) + "\":1}")) {
      assertThatThrownBy(() -> Parser.parse(text)).isInstanceOfSatisfying(InvalidInput.class,
          e -> assertThat(e.errors()).containsExactly(
              new FieldError("", "is nested too deeply or has a number or name that is too long")));
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      x                 | 1 | 1
      {\\"a\\":tru}     | 1 | 9
      {\\"a\\":1        | 1 | 7
      {\\n \\"a\\": 01}  | 2 | 8
      [1,\\r\\n\\r2,\\n,] | 4 | 1
      """)
  void position_isOfTheFirstCharacterThatDoesNotFit(String text, int line, int column) {
    assertThatThrownBy(() -> Parser.parse(text.translateEscapes())).isInstanceOfSatisfying(InvalidInput.class,
        e -> assertThat(e.errors().getFirst().detail())
          .endsWith("(line " + line + ", column " + column + ")"));
  }

  /** Invalid, overlong, a surrogate, cut, UTF-16. */
  @ParameterizedTest
  @ValueSource(strings = {"5b22ff225d", "5b22c0af225d", "5b22eda080225d", "5b22e0ff225d", "5b22e2225d",
      "fffe5b0022002200", "005b00220022005d", "5b22f4bfbfbf225d"})
  void bytes_thatAreNotUtf8_areRefused(String hex) {
    assertThatThrownBy(() -> new Json().tree(HexFormat.of().parseHex(hex))).isInstanceOf(InvalidInput.class);
    assertThat(new Json().tree("[\"é😀\"]".getBytes(StandardCharsets.UTF_8))).isEqualTo(List.of("é😀"));
  }
}
