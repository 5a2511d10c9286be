package dev.knatter.chat.group;

import java.time.Instant;
import java.util.UUID;

import dev.knatter.chat.conversation.Role;
import org.jspecify.annotations.Nullable;

/**
 * A member of a group.
 *
 * @param joinedVersion of the event with which they joined
 * @param floor         the smallest message id that they may see; null if they may see all
 */
public record GroupMember(UUID user, Role role, int joinedVersion, Instant joinedAt, @Nullable UUID floor) {
  GroupMember with(Role other) {
    return new GroupMember(user, other, joinedVersion, joinedAt, floor);
  }
}
