package dev.knatter.core.page;

import java.util.UUID;

/**
 * How many keys, and a sum that tells one set of keys from another, in whatever order they were added.
 */
record Tally(int count, long sum) {
  static final Tally NONE = new Tally(0, 0);
  /** Equals that of no set: what was not counted counts as changed. */
  static final Tally UNKNOWN = new Tally(-1, 0);

  Tally plus(UUID key) {
    return new Tally(count + 1, sum + mix(key.getMostSignificantBits() ^ mix(key.getLeastSignificantBits())));
  }

  Tally plus(Tally other) {
    return count < 0 || other.count < 0 ? UNKNOWN : new Tally(count + other.count, sum + other.sum);
  }

  /** The finalizer of SplitMix64: every bit of the argument moves half of the result's. */
  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return mixed ^ (mixed >>> 31);
  }
}
