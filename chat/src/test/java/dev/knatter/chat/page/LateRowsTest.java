package dev.knatter.chat.page;

import java.time.Duration;
import java.util.List;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.page.LateRows.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cursors never skip: see {@code docs/protocol.md} for why. */
final class LateRowsTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static void run(long seed, Kind kind, boolean late) {
    try {
      new LateRows(new Reading(stores, seed), kind, late).run();
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, DIRECT", "3, GROUP", "4, LARGE_GROUP"}) // a seed also makes the users, so each is used once
  void rowsThatLandLate_reachEveryReader(long seed, Kind kind) {
    run(seed, kind, true);
  }

  @ParameterizedTest
  @CsvSource({"5, DIRECT", "7, LARGE_GROUP"})
  void rowsThatLandAtOnce_areNotRepeated(long seed, Kind kind) {
    run(seed, kind, false);
  }

  /** The long version: {@code -Dknatter.soak=SECONDS}. */
  @Test
  void rowsThatLandLate_reachEveryReaderForAsLongAsAsked() {
    long end = System.nanoTime() + Duration.ofSeconds(Long.getLong("knatter.soak", 0)).toNanos();
    for (long seed = System.nanoTime(); System.nanoTime() - end < 0; seed++) {
      run(seed, List.of(Kind.values()).get((int) (Math.abs(seed) % Kind.values().length)), true);
    }
  }
}
