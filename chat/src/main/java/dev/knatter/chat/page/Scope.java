package dev.knatter.chat.page;

import java.util.UUID;

/**
 * What a page is read from: the inbox of a user or a conversation.
 *
 * @param id the user's id, or the conversation's
 */
public record Scope(boolean isInbox, UUID id) {
  public static Scope inbox(UUID user) {
    return new Scope(true, user);
  }

  public static Scope conversation(UUID conversation) {
    return new Scope(false, conversation);
  }
}
