package dev.knatter.bench.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HistoryPlaceTest {
  private static List<Integer> firsts(HistoryPlace place, int count, int page, int turns) {
    return IntStream.range(0, turns).map(turn -> place.first(count, page, turn, turns)).boxed().toList();
  }

  @ParameterizedTest
  @CsvSource({"36, 12, 3", "24, 12, 1", "1000, 12, 15", "1000000, 12, 300"})
  void pages_areInTheConversation_eachAnotherOne_andWhereTheyShouldBe(int count, int page, int turns) {
    for (HistoryPlace place : HistoryPlace.values()) {
      assertThat(firsts(place, count, page, turns)).as("%s", place)
        .doesNotHaveDuplicates()
        .allMatch(first -> first >= 0 && first + page <= count);
    }
    assertThat(firsts(HistoryPlace.NEWEST, count, page, turns).getFirst()).isZero();
    assertThat(firsts(HistoryPlace.OLDEST, count, page, turns).getFirst()).isEqualTo(count - page);
    assertThat(firsts(HistoryPlace.MIDDLE, count, page, turns))
      .allMatch(first -> first >= (count - page) / 4 && first <= (count - page) * 3 / 4 + 1);
  }

  @Test
  void pagesOfALargeConversation_haveNoMessageInCommon() {
    List<Integer> firsts = firsts(HistoryPlace.MIDDLE, 1_000_000, 12, 300).stream().sorted().toList();
    assertThat(IntStream.range(1, firsts.size()))
      .allMatch(i -> firsts.get(i) - firsts.get(i - 1) >= 12);
  }
}
