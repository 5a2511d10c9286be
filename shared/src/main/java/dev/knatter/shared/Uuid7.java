package dev.knatter.shared;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Makes UUIDs of version 7 (RFC 9562 §5.7): 48 bits of Unix time in milliseconds, then 74 bits that the caller or a random
 * generator chooses. They sort by time, both as {@code uuid} in CQL and as text.
 */
public final class Uuid7 {
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long HIGH = 0xFFFL;
  private static final long LOW = 0x3FFF_FFFF_FFFF_FFFFL;

  private final Clock clock;
  private final RandomGenerator random;

  /** Uses a fast random generator. That is enough for ids, because ids are not secrets. */
  public Uuid7(Clock clock) {
    this(clock, () -> ThreadLocalRandom.current().nextLong());
  }

  public Uuid7(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** Makes an id of the present time, with random bits. */
  public UUID mint() {
    return mint(Instant.EPOCH);
  }

  /** Makes an id of the present time, or of the given time if that is later. */
  public UUID mint(Instant notBefore) {
    return of(Math.max(clock.millis(), notBefore.toEpochMilli()), random.nextLong(), random.nextLong());
  }

  /** Makes an id of a given time. It holds the 12 lowest bits of {@code high} and the 62 lowest bits of {@code low}. */
  public static UUID of(long millis, long high, long low) {
    return new UUID((millis << 16) | 0x7000L | (high & HIGH), (low & LOW) | VARIANT);
  }

  /** Returns the smallest id of a given time: all ids of an earlier time sort before it, and all others do not. */
  public static UUID floor(long millis) {
    return of(millis, 0, 0);
  }

  /** Returns the largest id of a given time. */
  public static UUID last(long millis) {
    return of(millis, -1, -1);
  }

  /** Returns the id that comes directly before the given one in their order. */
  public static UUID before(UUID id) {
    long low = id.getLeastSignificantBits() & LOW;
    if (low != 0) {
      return of(millis(id), id.getMostSignificantBits(), low - 1);
    }
    long high = id.getMostSignificantBits() & HIGH;
    return high != 0 ? of(millis(id), high - 1, -1) : last(millis(id) - 1);
  }

  public static boolean isOne(UUID id) {
    return id.version() == 7 && id.variant() == 2;
  }

  /** Returns the time of an id in milliseconds since 1970. */
  public static long millis(UUID id) {
    return id.getMostSignificantBits() >>> 16;
  }

  public static Instant instant(UUID id) {
    return Instant.ofEpochMilli(millis(id));
  }

  /** The one that sorts last: the later one. */
  public static UUID max(UUID one, UUID other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** The one that sorts first: the earlier one. */
  public static UUID min(UUID one, UUID other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
