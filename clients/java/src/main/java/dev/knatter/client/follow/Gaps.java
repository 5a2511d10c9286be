package dev.knatter.client.follow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Which numbers are missing of the frames that were told live (docs/asyncapi.yaml). A proxy may get frames of several processes in
 * another order than that of their numbers, so each number has a second to come. Used by one thread.
 */
final class Gaps {
  private static final Duration LATE = Duration.ofSeconds(1);
  /** A gap of more numbers is no other order. */
  private static final int MAX = 100;
  /** In a large group, the inbox has a message some seconds after it was told. */
  private static final Duration ENTERED = Duration.ofSeconds(5);
  private static final Duration NOTHING_MISSING = Duration.ofMinutes(1);

  private final Clock clock;
  /** Until when each number may come, the first one that was missed first. */
  private final Map<Long, Instant> missing = new LinkedHashMap<>();
  private @Nullable String epoch;
  private long last;
  private boolean lost;
  /** When what a gap has asked for is to be read once more. */
  private @Nullable Instant onceMore;

  Gaps(Clock clock) {
    this.clock = clock;
  }

  /** A connection begins. What came before it is read from the cursor in any case. */
  void begin(@Nullable String ofEpoch, @Nullable Long number) {
    missing.clear();
    lost = false;
    if (ofEpoch != null && number != null) {
      epoch = ofEpoch;
      last = number;
    }
  }

  /** A frame has come. */
  void heard(String ofEpoch, long number) {
    if (!ofEpoch.equals(epoch)) {
      missing.clear();
      lost = true;
    } else if (number <= last) {
      missing.remove(number); // it is late, or was told twice
      return;
    } else if (number - last > MAX) {
      lost = true;
    } else {
      Instant until = clock.instant().plus(LATE);
      for (long each = last + 1; each < number; each++) {
        missing.put(each, until);
      }
    }
    epoch = ofEpoch;
    last = number;
  }

  /** Whether it is time to read from the cursor what did not come. Each gap is reported once. */
  boolean areDue() {
    if (!untilMissing().isZero()) {
      return false;
    }
    missing.clear();
    lost = false;
    onceMore = clock.instant().plus(ENTERED);
    return true;
  }

  /** Whether it is time to read once more after a gap. */
  boolean onceMoreIsDue() {
    if (onceMore == null || clock.instant().isBefore(onceMore)) {
      return false;
    }
    onceMore = null;
    return true;
  }

  /** How long to wait before it is asked again, at most. */
  Duration untilDue() {
    return onceMore == null ? untilMissing() : Connection.least(untilMissing(), until(onceMore));
  }

  private Duration untilMissing() {
    if (lost) {
      return Duration.ZERO;
    }
    return missing.isEmpty() ? NOTHING_MISSING : until(missing.values().iterator().next());
  }

  private Duration until(Instant then) {
    Duration left = Duration.between(clock.instant(), then);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
