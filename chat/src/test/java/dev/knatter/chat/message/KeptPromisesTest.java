package dev.knatter.chat.message;

import java.time.Duration;

import dev.knatter.chat.MigratedStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeptPromisesTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static void run(long seed) {
    try (KeptPromises promises = new KeptPromises(stores, seed)) {
      promises.run();
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whateverIsAcknowledged_isThereFromThenOn(long seed) {
    run(seed);
  }

  /** The long version: {@code -Dknatter.soak=SECONDS}. */
  @Test
  void whateverIsAcknowledged_isThereForAsLongAsAsked() {
    long end = System.nanoTime() + Duration.ofSeconds(Long.getLong("knatter.soak", 0)).toNanos();
    for (long seed = System.nanoTime(); System.nanoTime() - end < 0; seed++) {
      run(seed);
    }
  }
}
