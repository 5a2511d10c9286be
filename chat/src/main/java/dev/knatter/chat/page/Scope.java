package dev.knatter.chat.page;

import java.util.UUID;

import dev.knatter.chat.conversation.LongestRetention;
import dev.knatter.chat.conversation.Membership;
import org.jspecify.annotations.Nullable;

/**
 * What a page is read from: the inbox of a user or a conversation.
 *
 * @param id    the user's id, or the conversation's
 * @param floor the smallest id of a message that the reader may see in the conversation; null if they may see all
 * @param longest the longest retention that the conversation ever had
 */
public record Scope(boolean isInbox, UUID id, @Nullable UUID floor, LongestRetention longest) {
  public static Scope inbox(UUID user) {
    return new Scope(true, user, null, LongestRetention.FOR_EVER);
  }

  /** A conversation whose reader may see all messages. */
  public static Scope conversation(UUID conversation) {
    return new Scope(false, conversation, null, LongestRetention.FOR_EVER);
  }

  /** The conversation of a member, as far as they may see it. */
  public static Scope of(Membership member) {
    return new Scope(false, member.conversation(), member.floor(), member.longest());
  }
}
