package dev.knatter.client.conversation;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Members of a conversation, in an order that does not change.
 *
 * @param next a cursor; null on the last page
 */
public record MemberPage(List<Member> members, @Nullable String next) {
  public MemberPage {
    members = List.copyOf(members);
  }
}
