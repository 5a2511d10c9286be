package dev.knatter.chat.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import dev.knatter.shared.Uuid7;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeySumsTest {
  private final Random random = new Random(20261129);

  private List<UUID> keys(int count) {
    List<UUID> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(Uuid7.of(random.nextInt(1_000), random.nextLong(), random.nextLong()));
    }
    return keys;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 16, 1_000})
  void missing_ofTheSameKeysInAnotherOrder_isNothing(int count) {
    List<UUID> keys = keys(count);
    assertThat(KeySums.of(keys).missing(keys.reversed())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 16, 1_000})
  void missing_whereOneIsNew_isExactlyThat(int count) {
    List<UUID> keys = keys(count + 1);
    assertThat(KeySums.of(keys.subList(0, count)).missing(keys)).containsExactly(keys.getLast());
  }

  @Test
  void missing_whereSomeAreNewAndSomeAreGone_holdsAllNewOnes() {
    for (int round = 0; round < 200; round++) {
      List<UUID> known = keys(random.nextInt(40));
      List<UUID> fresh = keys(random.nextInt(1, 10));
      List<UUID> there = new ArrayList<>(known.subList(0, random.nextInt(known.size() + 1)));
      there.addAll(fresh);
      assertThat(KeySums.of(known).missing(there)).containsAll(fresh);
    }
  }

  @Test
  void missing_ofAThousandKeysWithThreeNewOnes_namesFewOthers() {
    List<UUID> keys = keys(1_003);
    assertThat(KeySums.of(keys.subList(0, 1_000)).missing(keys))
      .contains(keys.get(1_000), keys.get(1_001), keys.get(1_002))
      .hasSizeLessThan(300);
  }

  @Test
  void plus_isTheSummaryOfBothSets() {
    List<UUID> keys = keys(100);
    assertThat(KeySums.of(keys.subList(0, 30)).plus(KeySums.of(keys.subList(30, 100))))
      .isEqualTo(KeySums.of(keys));
  }
}
