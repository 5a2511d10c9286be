package dev.knatter.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Our own JSON beside Jackson's, with random texts: both read the same, or both read nothing, and both write the same.
 * Three things are different on purpose: an integer that no long can hold is a double here, as nobody wants one; in
 * an escape Jackson takes a character for a digit if its last eight bits are those of one; and it writes an infinite
 * number, which has no JSON, as a text.
 *
 * <p>{@code -Dknatter.soak=<seconds>} goes on for longer, with others each time; {@code -Dknatter.seed=<number>} makes
 * the same again.
 */
final class JacksonTest {
  private static final int AT_LEAST = 20_000;
  private static final long SOAK = Long.getLong("knatter.soak", 0);
  private static final long SEED = Long.getLong("knatter.seed",
      SOAK > 0 ? ThreadLocalRandom.current().nextLong() : 20261121);

  private static final JsonMapper JACKSON = JsonMapper.builder(JsonFactory.builder()
    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build())
    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
    .build())
    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
    .changeDefaultPropertyInclusion(include -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
    .build();
  private static final Json JSON = new Json();

  /** Of whose digits Jackson takes a few more than it says, depending on where its buffers end. */
  private static final Pattern LONG_NUMBER = Pattern.compile("[-+.eE0-9]{1001,}");
  private static final Pattern ODD_DIGIT = Pattern.compile("\\\\u[0-9a-fA-F]{0,3}[^\\x00-\\x7f]");
  private static final List<String> PIECES = List.of("{", "}", "[", "]", "\"", ",", ":", "\\", "\\u",
      "\\ud800",
      "\\n", "0", "-", "+", ".", "e", "E5", "1e999", "9223372036854775808", "true", "null", "nul", " ", "\t",
      "\n",
      "\r\n", "\u0000", "\u001f", "\u007f", "\u00a0", "\ufeff", "é", "😀", "/**/", "#", "'", "NaN", "\f",
      "[".repeat(64),
      "1".repeat(1000));

  record Everything(boolean a, int b, @Nullable Long c, @Nullable Double d, @Nullable String e,
      @Nullable UUID f,
      @Nullable Object g, @Nullable Everything h) {}

  private final Random random = new Random(SEED);

  @Test
  void validTexts_areReadAndWrittenAlike() {
    forAWhile(number -> {
      StringBuilder text = new StringBuilder();
      value(text, 5);
      Object tree = Parser.parse(text.toString());
      assertThat(tree).as("seed %d, number %d: %s", SEED, number, text)
        .isEqualTo(plain(JACKSON.readTree(text.toString())));
      assertWrittenAlike(tree, text.toString());
    });
  }

  @Test
  void mutatedTexts_areReadAlike_orNotAtAll() {
    int[] read = new int[2];
    forAWhile(number -> {
      StringBuilder text = new StringBuilder();
      value(text, 3);
      for (int i = random.nextInt(4); i >= 0; i--) {
        mutate(text);
      }
      Optional<Optional<Object>> ours = ours(text.toString());
      if (ours.isEmpty() && (ODD_DIGIT.matcher(text).find() || LONG_NUMBER.matcher(text).find())) {
        return;
      }
      assertThat(ours).as("seed %d, number %d: %s", SEED, number, text).isEqualTo(jacksons(text.toString()));
      read[ours.isPresent() ? 1 : 0]++;
    });
    assertThat(read[0]).isGreaterThan(AT_LEAST / 10);
    assertThat(read[1]).isGreaterThan(AT_LEAST / 10);
  }

  @Test
  void records_areWrittenAlike() {
    forAWhile(number -> {
      Everything record = record(2);
      assertWrittenAlike(record, record.toString());
    });
  }

  private interface Attempt {
    void run(int number);
  }

  private static void forAWhile(Attempt attempt) {
    long end = System.nanoTime() + Duration.ofSeconds(SOAK).toNanos();
    for (int number = 0; number < AT_LEAST || System.nanoTime() < end; number++) {
      attempt.run(number);
    }
  }

  private static void assertWrittenAlike(@Nullable Object value, String source) {
    List<Object> whole = new ArrayList<>();
    whole.add(value);
    assertThat(JSON.write(whole)).as("seed %d: %s", SEED, source).isEqualTo(JACKSON.writeValueAsBytes(whole));
  }

  /** Nothing where it is refused. */
  private static Optional<Optional<Object>> ours(String text) {
    try {
      return Optional.of(Optional.ofNullable(JSON.tree(text.getBytes(StandardCharsets.UTF_8))));
    } catch (InvalidInput e) {
      return Optional.empty();
    }
  }

  private static Optional<Optional<Object>> jacksons(String text) {
    try {
      // As our own does, it reads what UTF-8 has made of half a character.
      JsonNode tree = JACKSON
        .readTree(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
      return tree.isMissingNode() ? Optional.empty() : Optional.of(Optional.ofNullable(plain(tree)));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Object plain(JsonNode node) {
    if (node.isObject()) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      node.properties().forEach(member -> map.put(member.getKey(), plain(member.getValue())));
      return map;
    }
    if (node.isArray()) {
      List<@Nullable Object> list = new ArrayList<>();
      node.forEach(element -> list.add(plain(element)));
      return list;
    }
    if (node.isIntegralNumber()) {
      return node.isBigInteger()
          ? (Object) Double.valueOf(node.bigIntegerValue().doubleValue())
          : (Object) node.longValue();
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    return node.isBoolean() ? node.booleanValue() : node.isString() ? node.stringValue() : null;
  }

  private void value(StringBuilder out, int depth) {
    space(out);
    switch (random.nextInt(depth == 0 ? 6 : 9)) {
      case 0 -> out.append(random.nextBoolean());
      case 1 -> out.append("null");
      case 2 -> out.append(random.nextLong() >> random.nextInt(64));
      case 3 -> number(out);
      case 4, 5 -> string(out);
      case 6 -> {
        out.append('[');
        for (int i = random.nextInt(5); i > 0; i--) {
          value(out, depth - 1);
          out.append(i > 1 ? "," : "");
        }
        space(out);
        out.append(']');
      }
      default -> {
        out.append('{');
        for (int i = random.nextInt(5); i > 0; i--) {
          space(out);
          string(out);
          out.insert(out.length() - 1, i); // so that no two are alike
          space(out);
          out.append(':');
          value(out, depth - 1);
          out.append(i > 1 ? "," : "");
        }
        space(out);
        out.append('}');
      }
    }
    space(out);
  }

  private void number(StringBuilder out) {
    out.append(random.nextBoolean() ? "-" : "").append(random.nextInt(3) == 0 ? 0 : random.nextInt(1, 1000));
    if (random.nextBoolean()) {
      out.append('.').append(random.nextLong(Long.MAX_VALUE));
    }
    if (random.nextBoolean()) {
      out.append(random.nextBoolean() ? "e" : "E")
        .append(List.of("+", "-", "").get(random.nextInt(3)))
        .append(random.nextInt(300));
    }
  }

  private void string(StringBuilder out) {
    out.append('"');
    for (int i = random.nextInt(8); i > 0; i--) {
      switch (random.nextInt(12)) {
        case 0 -> out.append('\\').append("\"\\/bfnrt".charAt(random.nextInt(8)));
        case 1 ->
          out.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", random.nextInt(0x10000)));
        case 2 -> out.append(String.format("\\ud83d\\u%04x", 0xde00 + random.nextInt(64)));
        case 3 -> out.appendCodePoint(0x10000 + random.nextInt(0x100000));
        case 4 -> out.append((char) (0x80 + random.nextInt(0xd000)));
        default -> out.append((char) ('a' + random.nextInt(26)));
      }
    }
    out.append('"');
  }

  private void space(StringBuilder out) {
    if (random.nextInt(4) == 0) {
      out.append(List.of(" ", "\n", "\t", "\r", "\r\n").get(random.nextInt(5)));
    }
  }

  private void mutate(StringBuilder text) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + 1 + random.nextInt(4));
    switch (random.nextInt(4)) {
      case 0 -> text.delete(at, end);
      case 1 -> text.insert(at, text.substring(at, end));
      case 2 -> text.replace(at, end, String.valueOf((char) random.nextInt(0x100)));
      default -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
    }
  }

  private Everything record(int depth) {
    StringBuilder text = new StringBuilder();
    string(text);
    StringBuilder any = new StringBuilder();
    value(any, 2);
    return new Everything(random.nextBoolean(), random.nextInt(),
        random.nextBoolean() ? random.nextLong() : null,
        random.nextBoolean() ? random.nextGaussian() : null,
        random.nextBoolean() ? (String) Parser.parse(text.toString()) : null,
        random.nextBoolean() ? new UUID(random.nextLong(), random.nextLong()) : null,
        random.nextBoolean() ? Parser.parse(any.toString()) : null,
        depth > 0 && random.nextBoolean() ? record(depth - 1) : null);
  }
}
