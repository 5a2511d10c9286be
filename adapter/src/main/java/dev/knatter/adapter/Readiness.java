package dev.knatter.adapter;

import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Whether a process can answer its first request quickly. Probes ask at any time, so nothing here may block.
 *
 * @param ready        asked by every probe
 * @param missing      what is missing while it is not ready: a few fixed words that anybody may read
 * @param dependencies by their names, in small letters: whether each could be used when it was last asked; without
 *                     those of which nothing is known yet
 */
public record Readiness(BooleanSupplier ready, Supplier<Optional<String>> missing,
    Supplier<Map<String, Boolean>> dependencies) {

  /** Of a process that depends on nothing that it could tell of. */
  public static Readiness of(BooleanSupplier ready) {
    return new Readiness(ready, Optional::empty, Map::of);
  }
}
