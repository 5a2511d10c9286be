package dev.knatter.chat.page;

import java.time.Duration;

import dev.knatter.chat.MigratedStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cursors never skip: see {@code docs/protocol.md} for why. */
final class LateRowsTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static void run(long seed, boolean late) {
    try {
      new LateRows(new Reading(stores, seed), late).run();
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void rowsThatLandLate_reachEveryReader(long seed) {
    run(seed, true);
  }

  @Test
  void rowsThatLandAtOnce_areNotRepeated() {
    run(3, false);
  }

  /** The long version: {@code -Dknatter.soak=SECONDS}. */
  @Test
  void rowsThatLandLate_reachEveryReaderForAsLongAsAsked() {
    long end = System.nanoTime() + Duration.ofSeconds(Long.getLong("knatter.soak", 0)).toNanos();
    for (long seed = System.nanoTime(); System.nanoTime() - end < 0; seed++) {
      run(seed, true);
    }
  }
}
