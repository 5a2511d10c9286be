package dev.knatter.functions.conversations;

import java.util.List;

import dev.knatter.chat.account.DisplayName;
import dev.knatter.chat.conversation.HistoryPolicy;
import dev.knatter.chat.group.Groups;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/**
 * The body of a creation, not checked yet.
 *
 * @param members       usernames, at most {@value Groups#MAX_ADDED}; null for none but the caller
 * @param history       what later members see of the past; all if absent
 * @param retentionDays 1 to {@value Groups#MAX_RETENTION}; 0 or absent for ever
 */
public record CreateRequest(@Nullable String name, @Nullable List<@Nullable String> members,
    @Nullable String history, @Nullable Integer retentionDays) {

  /** The checked body. */
  record Wanted(String name, List<String> members, HistoryPolicy history, int retentionDays) {}

  Wanted checked(Checks checks) {
    checks.require(name != null, "/name", "is required");
    DisplayName.check(checks, name, "/name");
    List<String> names = members == null ? List.of() : Names.check(checks, members, "/members");
    HistoryPolicy policy = history == null ? HistoryPolicy.ALL : HistoryPolicy.of(history).orElse(null);
    checks.require(policy != null, "/history", "must be all or since-joining");
    Retention.check(checks, retentionDays, "/retentionDays");
    checks.done();
    if (name == null || policy == null) {
      throw new IllegalStateException("checks that passed");
    }
    return new Wanted(name, names, policy, retentionDays == null ? 0 : retentionDays);
  }

  /** Leaves the text of people out, because it may be logged. */
  @Override
  public String toString() {
    return "CreateRequest";
  }
}
