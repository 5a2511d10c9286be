package dev.knatter.chat.group;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.knatter.chat.conversation.HistoryPolicy;
import dev.knatter.chat.conversation.LongestRetention;
import dev.knatter.chat.conversation.Role;
import org.jspecify.annotations.Nullable;

/**
 * What a member is shown of a conversation.
 *
 * @param group        what only groups have; null for a direct conversation
 * @param firstMembers user ids: of a group the members who joined first, of a direct conversation all
 * @param role         of the member
 * @param floor        the smallest message id that the member may see; null if they may see all
 * @param muted        the member's own choice
 * @param activity     the newest message; null if none is known. It may be below the floor
 */
public record ConversationSummary(UUID id, @Nullable Group group, int memberCount, List<UUID> firstMembers,
    Role role, @Nullable UUID floor, boolean muted, @Nullable UUID activity) {

  /** Whether it is a direct conversation of the member with themselves. */
  public boolean isNote() {
    return group == null && memberCount == 1;
  }

  /** The smallest id of a message that may be there and that the member may see; null if there is no limit. */
  public @Nullable UUID oldest(Instant now) {
    return group == null ? floor : group.longest().oldest(now, floor);
  }

  /** retentionDays: 0 for ever; longest: the longest retention that the group ever had. */
  public record Group(String name, int version, Instant createdAt, HistoryPolicy history, int retentionDays,
      LongestRetention longest) {
    /** Leaves the name out, because the text may be logged. */
    @Override
    public String toString() {
      return "Group[version " + version + "]";
    }
  }
}
