package dev.knatter.functions.conversations;

import java.util.UUID;

import dev.knatter.chat.account.DisplayName;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/**
 * The input of a change, not checked yet. A component that is null does not change.
 *
 * @param conversationId of the path
 * @param retentionDays  0 for ever
 */
public record ChangeRequest(String conversationId, @Nullable String name, @Nullable Integer retentionDays) {
  UUID checked(Checks checks) {
    UUID id = ConversationPath.id(checks, conversationId);
    checks.require(name != null || retentionDays != null, "", "name or retentionDays is required");
    DisplayName.check(checks, name, "/name");
    Retention.check(checks, retentionDays, "/retentionDays");
    checks.done();
    return id;
  }

  /** Leaves the name out, because the text may be logged. */
  @Override
  public String toString() {
    return "ChangeRequest";
  }
}
