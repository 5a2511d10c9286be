package dev.knatter.client.conversation;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Conversations of the caller, the newest activity first.
 *
 * @param next a cursor; null on the last page
 */
public record ConversationPage(List<Conversation> conversations, @Nullable String next) {
  public ConversationPage {
    conversations = List.copyOf(conversations);
  }
}
