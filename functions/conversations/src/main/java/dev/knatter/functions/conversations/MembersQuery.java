package dev.knatter.functions.conversations;

import java.util.UUID;

import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/**
 * The input of the list of members, not checked yet.
 *
 * @param conversationId of the path
 * @param limit          1 to 100; 50 if absent
 * @param after          the {@code next} of the page before; null for the first page
 */
public record MembersQuery(String conversationId, @Nullable Integer limit, @Nullable String after) {
  /** The checked input, without the cursor. */
  record Wanted(UUID conversation, int limit) {}

  Wanted checked() {
    Checks checks = new Checks();
    UUID id = ConversationPath.id(checks, conversationId);
    int checkedLimit = ListQuery.limit(checks, limit);
    checks.done();
    return new Wanted(id, checkedLimit);
  }
}
