package dev.knatter.shared.token;

import java.time.Duration;
import java.time.Instant;

/** Where a moment's revocations are stored. */
final class RevocationSlice {
  private static final long LENGTH = Duration.ofMinutes(15).toMillis();

  private RevocationSlice() {}

  static long of(Instant moment) {
    return Math.floorDiv(moment.toEpochMilli(), LENGTH);
  }
}
