package dev.knatter.functions.conversations;

import java.util.List;
import java.util.UUID;

import dev.knatter.chat.conversation.Role;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/**
 * The input of adding members, not checked yet.
 *
 * @param conversationId of the path
 * @param username       one to add; null if usernames is given
 * @param usernames      those to add, in JSON only: forms have no lists
 * @param role           member or moderator; member if absent
 */
public record AddRequest(String conversationId, @Nullable String username,
    @Nullable List<@Nullable String> usernames, @Nullable String role) {

  /** The checked input. pointer: of the name, or, with a slash at the end, of the list. */
  record Wanted(UUID conversation, List<String> names, Role role, String pointer) {}

  Wanted checked(Checks checks) {
    UUID id = ConversationPath.id(checks, conversationId);
    checks.require(username == null || usernames == null, "/usernames",
        "must not be given together with username");
    checks.require(username != null || (usernames != null && !usernames.isEmpty()), "/username",
        "username or usernames is required");
    List<String> names = usernames == null
        ? List.of(username == null ? "" : username)
        : Names.check(checks, usernames, "/usernames");
    Role given = role == null ? Role.MEMBER : Role.of(role).filter(each -> each != Role.OWNER).orElse(null);
    checks.require(given != null, "/role", "must be member or moderator");
    checks.done();
    return new Wanted(id, names, given == null ? Role.MEMBER : given,
        usernames == null ? "/username" : "/usernames/");
  }
}
