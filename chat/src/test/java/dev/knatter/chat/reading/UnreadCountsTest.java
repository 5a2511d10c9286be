package dev.knatter.chat.reading;

import java.time.Duration;

import dev.knatter.chat.MigratedStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unread counts are exact: see {@code docs/protocol.md} for why. */
final class UnreadCountsTest {
  private static final int OPERATIONS = 250;

  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static void run(long seed, boolean group, int operations) {
    try {
      new UnreadOperations(stores, seed, group).run(operations);
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  /** Of a direct conversation and of a group. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void counts_areWhatLookingAtEverythingFinds(boolean group) {
    run(7, group, OPERATIONS);
  }

  /** The long version: {@code -Dknatter.soak=SECONDS}. */
  @Test
  void counts_areWhatLookingAtEverythingFindsForAsLongAsAsked() {
    long end = System.nanoTime() + Duration.ofSeconds(Long.getLong("knatter.soak", 0)).toNanos();
    for (long seed = System.nanoTime(); System.nanoTime() - end < 0; seed++) {
      run(seed, seed % 2 == 0, 4 * OPERATIONS);
    }
  }
}
