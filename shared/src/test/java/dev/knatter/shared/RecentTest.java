package dev.knatter.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

final class RecentTest {
  private static final Duration AGE = Duration.ofSeconds(60);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // it may overflow
  private final Recent<String, Integer> recent = new Recent<>(10, AGE, weight -> weight, nanos::get);

  @Test
  void known_isThereUntilItIsTooOld() {
    recent.put("a", 1);
    nanos.addAndGet(AGE.toNanos() - 1);
    assertThat(recent.get("a")).isOne();
    assertThat(recent.get("b")).isNull();
    nanos.addAndGet(1);

    assertThat(recent.get("a")).isNull();
  }

  @Test
  void knownAnew_isAsOldAsTheLastTime() {
    recent.put("a", 1);
    nanos.addAndGet(AGE.toNanos() - 1);
    recent.put("a", 2);
    nanos.addAndGet(AGE.toNanos() - 1);

    assertThat(recent.get("a")).isEqualTo(2);
  }

  @Test
  void tooMuch_isForgottenInTheOrderInWhichItCame() {
    recent.put("a", 3);
    recent.put("b", 3);
    recent.put("a", 4); // now b is the oldest
    recent.put("c", 4);

    assertThat(recent.get("b")).isNull();
    assertThat(recent.get("a")).isEqualTo(4);
    assertThat(recent.get("c")).isEqualTo(4);
  }

  @Test
  void moreThanThereIsRoomFor_isNotHeld() {
    recent.put("a", 1);
    recent.put("b", 11);
    assertThat(recent.get("a")).isNull();
    assertThat(recent.get("b")).isNull();
    recent.put("c", 10);

    assertThat(recent.get("c")).isEqualTo(10);
  }

  @Test
  void whateverHappens_itHoldsTheLatestThatFit() {
    Random random = new Random(4);
    Map<String, Known> written = new LinkedHashMap<>();
    for (int i = 0; i < 10_000; i++) {
      Known known = new Known("k" + random.nextInt(20), 1 + random.nextInt(4), nanos.get());
      recent.put(known.key(), known.weight());
      written.remove(known.key());
      written.put(known.key(), known);
      nanos.addAndGet(random.nextLong(i % 1_000 < 500 ? 1_000_000 : AGE.toNanos()));

      int room = 10;
      for (Known each : List.copyOf(written.values()).reversed()) {
        room -= each.weight();
        if (room < 0 || nanos.get() - each.since() >= AGE.toNanos()) {
          written.remove(each.key());
        }
      }
      for (int key = 0; key < 20; key++) {
        Known expected = written.get("k" + key);
        assertThat(recent.get("k" + key)).isEqualTo(expected == null ? null : (Integer) expected.weight());
      }
    }
  }

  private record Known(String key, int weight, long since) {}
}
