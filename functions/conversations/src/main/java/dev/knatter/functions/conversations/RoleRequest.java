package dev.knatter.functions.conversations;

import java.util.UUID;

import dev.knatter.chat.conversation.Role;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/** The input of a change of role, not checked yet. conversationId, username: of the path. */
public record RoleRequest(String conversationId, String username, @Nullable String role) {
  /** The checked input. */
  record Wanted(UUID conversation, Role role) {}

  Wanted checked(Checks checks) {
    UUID id = ConversationPath.id(checks, conversationId);
    Role wanted = role == null ? null : Role.of(role).orElse(null);
    checks.require(wanted != null, "/role", "must be owner, moderator or member");
    checks.done();
    return new Wanted(id, wanted == null ? Role.MEMBER : wanted);
  }
}
