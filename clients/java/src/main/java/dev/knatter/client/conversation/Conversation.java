package dev.knatter.client.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import dev.knatter.client.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * A conversation of the caller. What is of groups is null in a direct conversation.
 *
 * @param version each change of a group raises it by one
 * @param role of the caller
 * @param retentionDays how many days messages live; null for ever
 * @param members of a group the first five, of a direct conversation all
 * @param muted this and what follows is only in answers to reading
 * @param unread how many messages the caller has not read, up to 100
 * @param more whether there are more unread messages than that; null means no
 * @param readUpTo the last message that the caller has marked as read
 * @param lastMessage the newest that the caller may see
 */
public record Conversation(UUID conversationId, Kind kind, @Nullable String name, @Nullable Integer version,
    Role role, @Nullable History history, @Nullable Integer retentionDays, @Nullable Instant createdAt,
    int memberCount, List<String> members, @Nullable Boolean muted, @Nullable Integer unread,
    @Nullable Boolean more, @Nullable UUID readUpTo, @Nullable Message lastMessage) {
  public Conversation {
    Objects.requireNonNull(conversationId, "conversationId");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(role, "role");
    members = List.copyOf(members);
  }
}
