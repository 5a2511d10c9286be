package dev.knatter.client.conversation;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A member of a conversation.
 *
 * @param joinedAt of a group; null in a direct conversation
 */
public record Member(UUID userId, String username, Role role, @Nullable Instant joinedAt) {
  public Member {
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(role, "role");
  }
}
