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
 * A summary of a set of keys, of 16 numbers, that tells which keys another set has besides. Each key has a hash. A key's hash
 * says which group it belongs to, and each number is the sum of the hashes of one group, modulo 2^64. So where a group has
 * got one key more, its sum has grown by the hash of that key.
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

  /** The summary of both sets, which have no key in common. */
  KeySums plus(KeySums other) {
    long[] both = sums.clone();
    for (int group = 0; group < GROUPS; group++) {
      both[group] += other.sums[group];
    }
    return new KeySums(both);
  }

  /**
   * The keys of a set that this summary does not hold. Where a group has got more than one, or has lost one, all of that
   * group are named.
   */
  Set<UUID> missing(Collection<UUID> keys) {
    Map<Integer, List<UUID>> groups = new HashMap<>();
    for (UUID key : keys) {
      groups.computeIfAbsent(group(hash(key)), _ -> new ArrayList<>()).add(key);
    }
    Set<UUID> missing = new HashSet<>();
    groups.forEach((group, members) -> {
      long grown = of(members).sums[group] - sums[group];
      if (grown != 0) {
        List<UUID> exactly = members.stream().filter(key -> hash(key) == grown).toList();
        missing.addAll(exactly.isEmpty() ? members : exactly);
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

  /** The finalizer of SplitMix64: every bit of the argument moves half of the result's. */
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
