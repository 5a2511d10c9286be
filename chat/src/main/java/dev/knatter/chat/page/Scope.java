package dev.knatter.chat.page;

import java.util.UUID;

/**
 * What is read.
 *
 * @param id the user whose inbox it is, or the conversation
 */
public record Scope(boolean isInbox, UUID id) {
  public static Scope inbox(UUID user) {
    return new Scope(true, user);
  }

  public static Scope conversation(UUID conversation) {
    return new Scope(false, conversation);
  }
}
