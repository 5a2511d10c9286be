package dev.knatter.chat.group;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.knatter.chat.conversation.HistoryPolicy;
import dev.knatter.chat.conversation.LongestRetention;
import dev.knatter.chat.conversation.Role;
import org.jspecify.annotations.Nullable;

/**
 * A group after one of its events.
 *
 * @param retentionDays how long messages live; 0 for ever
 * @param longest       the longest retention that it ever had
 * @param members       by user id, in the order in which they joined
 * @param joins         how many people have been added since the creation, repeats included
 * @param deletedAt     null while the group exists. A group that everybody has left is deleted, too
 */
public record GroupState(UUID id, int version, String name, Instant createdAt, HistoryPolicy history,
    int retentionDays, LongestRetention longest, Map<UUID, GroupMember> members, int joins,
    @Nullable Instant deletedAt) {

  public boolean isDeleted() {
    return deletedAt != null;
  }

  public Optional<GroupMember> member(UUID user) {
    return Optional.ofNullable(members.get(user));
  }

  /** Who becomes the owner when the owner goes: of the moderators who joined first, or else of the members; null if alone. */
  @Nullable
  UUID successorOf(UUID owner) {
    return oldest(Role.MODERATOR, owner).or(() -> oldest(Role.MEMBER, owner)).orElse(null);
  }

  private Optional<UUID> oldest(Role role, UUID except) {
    return members.values()
      .stream()
      .filter(member -> member.role() == role && !member.user().equals(except))
      .map(GroupMember::user)
      .findFirst();
  }

  /** Leaves the name out, because the text may be logged. */
  @Override
  public String toString() {
    return "GroupState[" + id + ", version " + version + "]";
  }
}
