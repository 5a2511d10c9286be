package dev.knatter.functions.conversations;

import java.util.UUID;

/** The input of a removal. Both components are of the path and not checked yet. */
public record MemberPath(String conversationId, String username) {
  UUID id() {
    return new ConversationPath(conversationId).id();
  }
}
