package dev.knatter.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonWriterTest {
  private static final Json JSON = new Json();

  record Empty() {}

  record Three(@Nullable String a, @Nullable String b, @Nullable String c) {}

  record Scalars(int i, long l, boolean yes, double d, UUID id, TimeUnit unit,
      Instant at, List<Empty> list, Map<String, @Nullable Object> map) {}

  record Fails(String a) {
    @Override
    public String a() {
      throw new IllegalStateException("secret");
    }
  }

  private static String json(Object value) {
    return new String(JSON.write(value), StandardCharsets.UTF_8);
  }

  @Test
  void everyType_isWritten() {
    UUID id = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
    assertThat(json(new Scalars(-1, Long.MIN_VALUE, true, 1e21, id, TimeUnit.DAYS,
        Instant.EPOCH, List.of(new Empty(), new Empty()), Collections.singletonMap("k", null))))
      .isEqualTo("{\"i\":-1,\"l\":-9223372036854775808,\"yes\":true,\"d\":1.0E21,"
          + "\"id\":\"01234567-89ab-cdef-0123-456789abcdef\",\"unit\":\"DAYS\",\"at\":\"1970-01-01T00:00:00.000Z\","
          + "\"list\":[{},{}],\"map\":{\"k\":null}}");
  }

  @Test
  void nullComponents_areLeftOut() {
    assertThat(json(new Three(null, null, null))).isEqualTo("{}");
    assertThat(json(new Three(null, "", null))).isEqualTo("{\"b\":\"\"}");
    assertThat(json(new Three("", null, ""))).isEqualTo("{\"a\":\"\",\"c\":\"\"}");
    assertThat(json(Collections.singletonList(null))).isEqualTo("[null]");
    assertThat(json(Map.of())).isEqualTo("{}");
    assertThat(json(List.of())).isEqualTo("[]");
  }

  @Test
  void characters_areEscapedWhereTheyMustBe() {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c < 0x80; c++) {
      all.append((char) c);
    }
    all.append("é\u07ff\u0800\u2028\uffff😀\udbff\udfff");
    assertThat(json(all.toString()))
      .isEqualTo("\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000B\\f\\r"
          + "\\u000E\\u000F\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001A\\u001B\\u001C\\u001D"
          + "\\u001E\\u001F !\\\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\\\]^_`"
          + "abcdefghijklmnopqrstuvwxyz{|}~\u007fé\u07ff\u0800\u2028\uffff😀\udbff\udfff\"");
  }

  @Test
  void halfACharacter_isEscaped() {
    assertThat(json("a\ud800b\udc00\ud800")).isEqualTo("\"a\\uD800b\\uDC00\\uD800\"");
  }

  @ParameterizedTest
  @CsvSource({"1970-01-01T00:00:00Z, 1970-01-01T00:00:00.000Z",
      "2026-11-21T08:00:00.120999999Z, 2026-11-21T08:00:00.120Z",
      "2024-02-29T23:59:59.999999999Z, 2024-02-29T23:59:59.999Z",
      "0000-01-01T00:00:00Z, 0000-01-01T00:00:00.000Z",
      "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z"})
  void time_hasThreeDigitsOfASecond(Instant time, String text) {
    assertThat(json(time)).isEqualTo("\"" + text + "\"");
  }

  @Test
  void times_areThoseOfTheFormatter() {
    DateTimeFormatter oracle = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
      .withZone(ZoneOffset.UTC);
    Random random = new Random(42);
    for (int i = 0; i < 1000; i++) {
      Instant time = Instant.ofEpochSecond(random.nextLong(-62167219200L, 253402300800L),
          random.nextInt(1_000_000_000));
      assertThat(json(time)).isEqualTo("\"" + oracle.format(time) + "\"");
    }
  }

  @Test
  void whatHasNoJson_isRefused() {
    List<Object> cycle = new ArrayList<>();
    cycle.add(cycle);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("again", map);
    for (Object value : List.of(cycle, map, Double.NaN, Double.NEGATIVE_INFINITY, 1f, BigDecimal.ONE,
        new Object(),
        'c',
        Instant.parse("+10000-01-01T00:00:00Z"), Instant.parse("-0001-01-01T00:00:00Z"),
        new int[0])) {
      assertThatIllegalArgumentException().as("%s", value.getClass())
        .isThrownBy(() -> JSON.write(List.of(value)));
    }
  }

  @Test
  void accessorThatFails_isNoAnswer() {
    assertThatIllegalStateException().isThrownBy(() -> JSON.write(new Fails("x")));
  }

  @Test
  void longTexts_areWrittenWhole() {
    String text = "a\u0001é€😀".repeat(50_000);
    assertThat(JSON.tree(JSON.write(Map.of(text.substring(0, 7), text))))
      .isEqualTo(Map.of(text.substring(0, 7), text));
  }
}
