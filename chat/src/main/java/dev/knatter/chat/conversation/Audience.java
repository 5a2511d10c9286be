package dev.knatter.chat.conversation;

import java.util.List;
import java.util.UUID;

/**
 * Whom a message of one member has to reach: all members of a conversation, as they were at a moment.
 *
 * @param conversation its members are those in whose inboxes the commit itself enters the message: everybody, or only the
 *     acting member if there are more than {@value Conversation#MAX_MEMBERS}
 * @param size         how many members there are
 * @param readNanos    {@link System#nanoTime} just before the store was read
 */
public record Audience(Conversation conversation, int size, long readNanos) {
  /** The audience in a conversation of which all members are known at this moment. */
  public static Audience of(Conversation conversation) {
    return new Audience(conversation, conversation.members().size(), System.nanoTime());
  }

  public UUID id() {
    return conversation.id();
  }

  /** Whether the members are too many for one commit. */
  public boolean isLarge() {
    return size > conversation.members().size();
  }

  /**
   * Whether the members were read longer ago than {@link Memberships#FRESH}. A commit that is acknowledged when its audience is
   * outdated must keep its outbox row: the sweep then uses the members of then. Those of a direct conversation never change.
   */
  public boolean isOutdated() {
    return Conversation.isGroup(conversation.id()) && Memberships.isOutdated(readNanos);
  }

  /** Whom an outbox row of a commit names: nobody for a group, because the sweep uses the members of then. */
  public List<UUID> outboxMembers() {
    return Conversation.isGroup(conversation.id()) ? List.of() : conversation.members();
  }
}
