package dev.knatter.client.conversation;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A group to create. The caller is its owner.
 *
 * @param members up to 64 usernames
 * @param history what later members see of the past; null for all
 * @param retentionDays how many days messages live; null for ever
 */
public record NewGroup(String name, List<String> members, @Nullable History history,
    @Nullable Integer retentionDays) {
  public NewGroup {
    members = List.copyOf(members);
  }

  public NewGroup(String name, List<String> members) {
    this(name, members, null, null);
  }
}
