package dev.knatter.shared;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * UUIDs of version 7 (RFC 9562 §5.7): 48 bits of Unix time in milliseconds, then 74 bits that are ours. They sort
 * by time as {@code uuid} in CQL and as text.
 */
public final class Uuid7 {
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long HIGH = 0xFFFL;
  private static final long LOW = 0x3FFF_FFFF_FFFF_FFFFL;

  private final Clock clock;
  private final RandomGenerator random;

  /** With random bits that are good enough for ids, which are no secrets. */
  public Uuid7(Clock clock) {
    this(clock, () -> ThreadLocalRandom.current().nextLong());
  }

  public Uuid7(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** A new one of the present, with random bits. */
  public UUID mint() {
    return mint(Instant.EPOCH);
  }

  /** A new one of the present, or of a given moment where that is yet to come. */
  public UUID mint(Instant notBefore) {
    return of(Math.max(clock.millis(), notBefore.toEpochMilli()), random.nextLong(), random.nextLong());
  }

  /** One of a given time; of the 128 bits given, the 12 lowest of the first and the 62 lowest of the second count. */
  public static UUID of(long millis, long high, long low) {
    return new UUID((millis << 16) | 0x7000L | (high & HIGH), (low & LOW) | VARIANT);
  }

  /** The smallest of a given time: every one minted before sorts below it, every one of that time or later not. */
  public static UUID floor(long millis) {
    return of(millis, 0, 0);
  }

  /** The largest of a given time. */
  public static UUID last(long millis) {
    return of(millis, -1, -1);
  }

  /** The one just before another in their order. */
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

  /** Its time in milliseconds since 1970. */
  public static long millis(UUID id) {
    return id.getMostSignificantBits() >>> 16;
  }

  public static Instant instant(UUID id) {
    return Instant.ofEpochMilli(millis(id));
  }
}
