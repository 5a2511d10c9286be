package dev.knatter.chat.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/**
 * The longest retention that a conversation has ever had. No older message can be there, whatever the retention is at present. So
 * reads begin here: the store keeps expired rows for days, and a read that passes over too many of them fails.
 *
 * @param days 0 for ever
 */
public record LongestRetention(int days) {
  public static final LongestRetention FOR_EVER = new LongestRetention(0);

  /** More than clocks differ. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  /** The longer of this one and another of so many days. */
  public LongestRetention or(int otherDays) {
    return days == 0 || otherDays == 0 ? FOR_EVER : new LongestRetention(Math.max(days, otherDays));
  }

  /** The smallest id that a message can have that is still there; null if messages of every age can be there. */
  public @Nullable UUID oldest(Instant now) {
    return days == 0 ? null : Uuid7.floor(now.minus(Duration.ofDays(days)).minus(MARGIN).toEpochMilli());
  }

  /** The larger of that id and another. */
  public @Nullable UUID oldest(Instant now, @Nullable UUID floor) {
    UUID oldest = oldest(now);
    return oldest == null || (floor != null && floor.compareTo(oldest) >= 0) ? floor : oldest;
  }
}
