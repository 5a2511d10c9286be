package dev.knatter.chat.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A summary of a set of keys that finds the keys which another set has in addition. It consists of 16 numbers. A
 * key's hash selects one of 16 groups, and each number is the sum of the hashes of its group, modulo 2^64. If a group
 * gets one more key, its sum grows by that key's hash.
 */
final class KeySums {
  static final int GROUPS = 16;

  private final long[] sums;

  private KeySums(long[] sums) {
    this.sums = sums;
  }

  static KeySums of(Collection<UUID> keys) {
    long[] sums = new long[GROUPS];
    for (UUID key : keys) {
      long hash = hash(key);
      sums[group(hash)] += hash;
    }
    return new KeySums(sums);
  }

  static KeySums ofSums(long[] sums) {
    return new KeySums(sums.clone());
  }

  long sum(int group) {
    return sums[group];
  }

  /** The summary of the union of two sets, which must have no key in common. */
  KeySums plus(KeySums other) {
    long[] both = sums.clone();
    for (int group = 0; group < GROUPS; group++) {
      both[group] += other.sums[group];
    }
    return new KeySums(both);
  }

  /** The given keys that this summary does not contain. For a group with several changes, all its keys are returned. */
  Set<UUID> missing(Collection<UUID> keys) {
    Map<Integer, List<UUID>> groups = new HashMap<>();
    for (UUID key : keys) {
      groups.computeIfAbsent(group(hash(key)), _ -> new ArrayList<>()).add(key);
    }
    Set<UUID> missing = new HashSet<>();
    groups.forEach((group, members) -> {
      long grown = of(members).sums[group] - sums[group];
      if (grown != 0) {
        List<UUID> newKeys = members.stream().filter(key -> hash(key) == grown).toList();
        missing.addAll(newKeys.isEmpty() ? members : newKeys);
      }
    });
    return missing;
  }

  private static int group(long hash) {
    return (int) (hash >>> 60);
  }

  private static long hash(UUID key) {
    return mix(key.getMostSignificantBits() ^ mix(key.getLeastSignificantBits()));
  }

  /** The finalizer of SplitMix64: each bit of the argument changes half of the result's bits. */
  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return mixed ^ (mixed >>> 31);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KeySums that && Arrays.equals(sums, that.sums);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sums);
  }
}
