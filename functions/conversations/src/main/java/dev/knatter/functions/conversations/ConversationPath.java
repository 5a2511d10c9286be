package dev.knatter.functions.conversations;

import java.util.UUID;

import dev.knatter.shared.Checks;

/** The input of what is done with one conversation. conversationId: of the path, not checked yet. */
public record ConversationPath(String conversationId) {
  UUID id() {
    Checks checks = new Checks();
    UUID id = id(checks, conversationId);
    checks.done();
    return id;
  }

  /** The id of a path; any id if it is malformed, and then there is an error. */
  static UUID id(Checks checks, String conversationId) {
    UUID id = checks.uuid(conversationId, "/conversationId");
    return id == null ? new UUID(0, 0) : id;
  }
}
