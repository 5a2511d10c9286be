package dev.knatter.chat.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be a name, tried with every character that there is. */
final class DisplayNameTest {
  /** Default_Ignorable_Code_Point in Unicode 16: DerivedCoreProperties.txt, from and to. */
  private static final int[][] IGNORABLE = {{0xad, 0xad}, {0x34f, 0x34f}, {0x61c, 0x61c}, {0x115f, 0x1160},
      {0x17b4, 0x17b5}, {0x180b, 0x180f}, {0x200b, 0x200f}, {0x202a, 0x202e}, {0x2060, 0x206f},
      {0x3164, 0x3164}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff0, 0xfff8},
      {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff}};

  private static final List<String> NAMES = List.of("Ada", "x", "7", "?", "李", "Ångström", "A\u030angstrom",
      "می\u200cخواهم",
      "\u200fעדה", "क्\u200dष", "👩\u200d💻", "❤\ufe0f",
      "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc73\udb40\udc7f",
      "김\u3164영희", "Ada\u00a0Lovelace", " Ada ", "…", "€", "\ue000a", "😀".repeat(64));

  static List<String> names() {
    return NAMES;
  }

  @ParameterizedTest
  @MethodSource("names")
  void nameThatCanBeSeen_isOne(String name) {
    assertThat(DisplayName.isValid(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u00a0", "\u200b", "\u200c\u200d", "\u202e", "\ufeff", "\u2060", "\u00ad",
      "\u2800",
      "\u3164", "\u115f\u1160", "\uffa0", "\u3000", "\u0301", "\ufe0f", "\u061c", "\u180e", "\ue000",
      "\ufffc",
      "\udb40\udc41", "\u2062 \u2800", "\ud800"})
  void nameOfNothingToSee_isNone(String name) {
    assertThat(DisplayName.isValid(name)).isFalse();
  }

  @Test
  void characterAlone_isOneWhereItHasALookOfItsOwn() {
    assertThat(characters(DisplayNameTest::isIgnorable)).noneMatch(DisplayName::isValid);
    assertThat(characters(c -> Character.isWhitespace(c) || Character.isSpaceChar(c)))
      .noneMatch(DisplayName::isValid);
    assertThat(characters(c -> Character.isLetterOrDigit(c) && !isIgnorable(c)
        && !Character.getName(c).contains("BLANK")))
      .allMatch(DisplayName::isValid);
    assertThat(characters(c -> Character.isEmoji(c))).allMatch(DisplayName::isValid);
  }

  @Test
  void characterInside_isRefusedWhereItEndsTheLineOrTurnsWhatFollows() {
    Map<Boolean, List<String>> taken = characters(c -> true).map(c -> "A" + c + "a")
      .collect(Collectors.partitioningBy(DisplayName::isValid));

    assertThat(taken.getOrDefault(false, List.of()).stream().map(DisplayNameTest::inside))
      .containsExactlyElementsOf(Stream
        .of(IntStream.rangeClosed(0, 0x1f), IntStream.rangeClosed(0x7f, 0x9f),
            IntStream.rangeClosed(0x2028, 0x2029), IntStream.rangeClosed(0x202a, 0x202e),
            IntStream.rangeClosed(0x2066, 0x2069))
        .flatMap(IntStream::boxed)
        .map(c -> Integer.toString(c, 16).toUpperCase(Locale.ROOT))
        .toList());
  }

  @Test
  void nameOfHalfACharacterOrTooMany_isNone() {
    assertThat(DisplayName.isValid("Ada\ud83d")).isFalse();
    assertThat(DisplayName.isValid("A".repeat(65))).isFalse();
  }

  private static String inside(String text) {
    return Integer.toString(text.codePointAt(1), 16).toUpperCase(Locale.ROOT);
  }

  private static boolean isIgnorable(int c) {
    return Stream.of(IGNORABLE).anyMatch(range -> range[0] <= c && c <= range[1]);
  }

  private static Stream<String> characters(IntPredicate which) {
    return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
      .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
      .filter(which)
      .mapToObj(Character::toString);
  }
}
