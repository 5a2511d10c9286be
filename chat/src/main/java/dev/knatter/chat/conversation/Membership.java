package dev.knatter.chat.conversation;

import java.time.Duration;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One member of a conversation, as it was at a moment.
 *
 * @param role          {@link Role#MEMBER} in a direct conversation
 * @param floor         the smallest message id that this member may see; null if they may see all. It holds for messages,
 *     their edits, their deletions and reactions to them, wherever a reference to a message is hydrated
 * @param retentionDays how long messages of the conversation live; null for ever
 * @param longest       the longest retention that the conversation ever had
 * @param memberCount   how many members the conversation has
 * @param version       of the conversation when this was read; 0 in a direct conversation, which has no versions
 * @param readNanos     {@link System#nanoTime} just before the store was read
 */
public record Membership(UUID conversation, UUID user, Role role, @Nullable UUID floor,
    @Nullable Integer retentionDays, LongestRetention longest, int memberCount, int version, long readNanos) {

  /** Whether this member may see a message of the conversation. */
  public boolean sees(UUID message) {
    return sees(floor, message);
  }

  /** Whether a member with this floor may see a message. */
  public static boolean sees(@Nullable UUID floor, UUID message) {
    return floor == null || floor.compareTo(message) <= 0;
  }

  /** Whether this member may delete the messages of others. Nobody may in a direct conversation. */
  public boolean isModerator() {
    return role != Role.MEMBER;
  }

  /** How long messages of the conversation live; null for ever. */
  public @Nullable Duration retention() {
    return retentionDays == null ? null : Duration.ofDays(retentionDays);
  }
}
