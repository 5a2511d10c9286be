package dev.knatter.shared.token;

import java.time.Duration;
import java.time.Instant;

/** Numbers the slices of the table {@code revocations}. Each slice is one partition and holds the revocations of 15 minutes. */
final class RevocationSlice {
  private static final long LENGTH = Duration.ofMinutes(15).toMillis();

  private RevocationSlice() {}

  static long of(Instant moment) {
    return Math.floorDiv(moment.toEpochMilli(), LENGTH);
  }
}
