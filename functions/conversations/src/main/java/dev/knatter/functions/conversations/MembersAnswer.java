package dev.knatter.functions.conversations;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** A page of the members of a conversation, in an order that does not change. next: {@code after} of the next page. */
public record MembersAnswer(List<Member> members, @Nullable String next) {
  /** joinedAt: only in groups. */
  public record Member(UUID userId, String username, String role, @Nullable Instant joinedAt) {}
}
