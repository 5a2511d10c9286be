package dev.knatter.chat.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * All members of a conversation, as they were at a moment.
 *
 * @param users         user ids, sorted; at most {@value #MAX}
 * @param floors        the smallest message id that a member may see, of those members who may not see all
 * @param retentionDays how long messages of the conversation live; null for ever
 * @param longest       the longest retention that the conversation ever had
 * @param version       of the conversation when this was read; 0 in a direct conversation, which has no versions
 * @param readNanos     {@link System#nanoTime} just before the store was read
 */
public record Members(UUID conversation, List<UUID> users, Map<UUID, UUID> floors,
    @Nullable Integer retentionDays, LongestRetention longest, int version, long readNanos) {
  /** How many members a group may have. */
  public static final int MAX = 10_000;

  /** Those who may see a message. */
  public List<UUID> seeing(UUID message) {
    return floors.isEmpty()
        ? users
        : users.stream().filter(user -> Membership.sees(floors.get(user), message)).toList();
  }

  /** How long messages of the conversation live; null for ever. */
  public @Nullable Duration retention() {
    return retentionDays == null ? null : Duration.ofDays(retentionDays);
  }
}
