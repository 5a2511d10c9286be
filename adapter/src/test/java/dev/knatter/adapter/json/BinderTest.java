package dev.knatter.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code JsonInputTest} does not say over HTTP: the rarer types, and which of several faults is told. */
final class BinderTest {
  private static final Json JSON = new Json();

  record Numbers(int i, long l, double d, @Nullable Integer ii, @Nullable Long ll, @Nullable Double dd) {}

  @SuppressWarnings("NullableOptional") // which is what is tried
  record Change(@Nullable Optional<String> name, @Nullable Optional<Integer> age) {}

  record Tree(@Nullable Integer leaf, @Nullable List<Tree> branches, @Nullable Map<String, Tree> named) {}

  record Renamed(@Nullable String new_) {}

  record Positive(int value) {
    Positive {
      if (value <= 0) {
        throw new IllegalArgumentException("secret");
      }
      if (value == 13) {
        throw new StackOverflowError();
      }
    }
  }

  record Even(@Nullable Positive half) {}

  private static <T> T bind(String json, Class<T> type) {
    return JSON.bind(JSON.tree(json.getBytes(StandardCharsets.UTF_8)), type);
  }

  private static void assertRefused(String json, Class<?> type, String pointer, String detail) {
    assertThatThrownBy(() -> bind(json, type)).isInstanceOfSatisfying(InvalidInput.class,
        e -> assertThat(e.errors()).containsExactly(new FieldError(pointer, detail)));
  }

  @Test
  void numbers_ofAllSizes_areBound() {
    assertThat(bind("{\"i\":-2147483648,\"l\":9223372036854775807,\"d\":1e308,\"ii\":2147483647,"
        + "\"ll\":-9223372036854775808,\"dd\":123456789012345678901234567890}", Numbers.class))
      .isEqualTo(new Numbers(Integer.MIN_VALUE, Long.MAX_VALUE, 1e308, Integer.MAX_VALUE, Long.MIN_VALUE,
          1.2345678901234568e29));
    assertThat(bind("{\"i\":0,\"l\":0,\"d\":0,\"ii\":null}", Numbers.class))
      .isEqualTo(new Numbers(0, 0, 0, null, null, null));
  }

  @ParameterizedTest
  @CsvSource({"i, -2147483649, an integer", "ii, 2147483648, an integer", "ii, 1.0, an integer",
      "l, 1.5, an integer", "l, 1e1, an integer", "l, 9223372036854775808, an integer",
      "ll, true, an integer",
      "d, -1e309, a number", "d, true, a number", "d, null, a number", "dd, '\"1\"', a number"})
  void number_outOfRange_isRefused(String field, String value, String wanted) {
    assertRefused("{\"" + field + "\":" + value + "}", Numbers.class, "/" + field,
        "must be " + wanted + " in range");
  }

  @Test
  void optional_tellsNullFromNothing() {
    assertThat(bind("{\"name\":null}", Change.class)).isEqualTo(new Change(Optional.empty(), null));
    assertThat(bind("{\"name\":\"\",\"age\":5}", Change.class))
      .isEqualTo(new Change(Optional.of(""), Optional.of(5)));
    assertRefused("{\"age\":\"5\"}", Change.class, "/age", "must be an integer in range");
    assertRefused("{\"name\":[]}", Change.class, "/name", "must be a string of valid Unicode");
  }

  @Test
  void recordsInRecords_areBound_andPointedInto() {
    assertThat(
        bind("{\"branches\":[{\"leaf\":1},null,{\"named\":{\"x\":{\"leaf\":2},\"y\":null}}]}", Tree.class)
          .branches())
      .isEqualTo(Arrays.asList(new Tree(1, null, null), null,
          bind("{\"named\":{\"x\":{\"leaf\":2},\"y\":null}}", Tree.class)));
    assertRefused("{\"branches\":[{},{\"branches\":[{\"leaf\":true}]}]}", Tree.class,
        "/branches/1/branches/0/leaf", "must be an integer in range");
    assertRefused("{\"branches\":[{},{\"secret\":1}]}", Tree.class, "/branches/1/secret",
        "is an unknown field");
    assertRefused("{\"branches\":[{\"named\":{\"secret\":{\"leaf\":\"x\"}}}]}", Tree.class,
        "/branches/0/named", "must be an integer in range");
    assertRefused("{\"branches\":[5]}", Tree.class, "/branches/0", "must be an object");
  }

  @Test
  void severalFaults_areToldInOrder() {
    String wrong = "{\"unknown\":1,\"l\":\"1\",\"i\":\"1\"}";
    assertRefused(wrong, Numbers.class, "/l", "must be an integer in range");
    assertRefused("{\"unknown\":1,\"i\":1}", Numbers.class, "/l", "must be an integer in range");
    assertRefused("{\"unknown\":1,\"leaf\":1}", Tree.class, "/unknown", "is an unknown field");
  }

  @Test
  void component_isKnownWithoutTheUnderscoreBehindIt() {
    assertThat(bind("{\"new\":\"x\"}", Renamed.class)).isEqualTo(new Renamed("x"));
    assertRefused("{\"new_\":\"x\"}", Renamed.class, "/new_", "is an unknown field");
    assertRefused("{\"new\":1}", Renamed.class, "/new", "must be a string of valid Unicode");
    assertThat(JSON.write(new Renamed("x"))).asString(StandardCharsets.UTF_8).isEqualTo("{\"new\":\"x\"}");
  }

  @Test
  void recordThatRefusesItsValues_isRefused() {
    assertThat(bind("{\"half\":{\"value\":1}}", Even.class)).isEqualTo(new Even(new Positive(1)));
    assertRefused("{\"half\":{\"value\":0}}", Even.class, "/half", "is not valid");
    assertThatThrownBy(() -> bind("{\"half\":{\"value\":13}}", Even.class))
      .isInstanceOf(StackOverflowError.class);
  }

  @Test
  void tree_canBeBoundToWhatIsNoRecord() {
    assertThat(bind("\"x\"", String.class)).isEqualTo("x");
    assertThat(bind("5", Integer.class)).isEqualTo(5);
    assertRefused("5", String.class, "", "must be a string of valid Unicode");
    assertRefused("null", String.class, "", "is missing");
    assertRefused("null", Tree.class, "", "is missing");
    assertRefused("[]", Tree.class, "", "must be an object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"01234567-89ab-cdef-0123-456789abcdeg", "01234567-89ab-cdef-0123-456789abcde",
      "0123456789abcdef0123456789abcdef0123", "01234567-89ab-cdef-01234-56789abcdef",
      "{1234567-89ab-cdef-0123-456789abcdef", "01234567-89ab-cdef-0123-456789abcde\uff11",
      "+1234567-89ab-cdef-0123-456789abcdef"})
  void text_thatIsNoUuid_isRefused(String text) {
    assertRefused("\"" + text + "\"", UUID.class, "", "must be a UUID");
  }

  record Sets(Set<String> set) {}

  record Decimals(BigDecimal decimal) {}

  record Anything(Object any) {}

  record Keys(Map<UUID, String> map) {}

  @SuppressWarnings("rawtypes")
  record Raw(List list) {}

  record Wild(List<? extends String> list) {}

  record Generic<T>(T value) {}

  record Inner(List<Set<String>> sets) {}

  @ParameterizedTest
  @ValueSource(classes = {Sets.class, Decimals.class, Anything.class, Keys.class, Raw.class, Wild.class,
      Generic.class, Inner.class})
  void typeThatCannotBeBound_isRefusedBeforeAnyRequest(Class<?> type) {
    assertThatIllegalArgumentException().isThrownBy(() -> JSON.fields(type));
  }

  @Test
  void fields_ofWhatIsNoRecord_areNone() {
    assertThat(JSON.fields(String.class).names()).isEqualTo(Collections.emptySet());
    assertThat(JSON.fields(Renamed.class).names()).containsExactly("new");
  }
}
