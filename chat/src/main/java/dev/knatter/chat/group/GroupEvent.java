package dev.knatter.chat.group;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.knatter.chat.conversation.HistoryPolicy;
import dev.knatter.chat.conversation.Role;
import org.jspecify.annotations.Nullable;

/**
 * One event of a group: a row of the log.
 *
 * @param version of the group after it, from 1, without gaps
 * @param at      when it was decided, in milliseconds
 * @param actor   who wanted it
 * @param command of which command it is
 * @param change  what has changed
 */
record GroupEvent(int version, Instant at, UUID actor, CommandId command, Change change) {

  /**
   * The identity of a command.
   *
   * @param hash    of the user and their Idempotency-Key, or random
   * @param request hash of what was asked for
   */
  record CommandId(ByteBuffer hash, ByteBuffer request) {
    boolean isSame(CommandId other) {
      return hash.equals(other.hash);
    }
  }

  /**
   * What an event changes. {@link GroupEventKind} says which components a kind has; the others are null or empty.
   *
   * @param successor     the new owner, because the owner has gone
   * @param retentionDays 0 for ever
   */
  record Change(GroupEventKind kind, @Nullable String name, List<UUID> users, @Nullable Role role,
      @Nullable UUID successor, @Nullable Integer retentionDays, @Nullable HistoryPolicy history) {

    static Change created(String name, List<UUID> users, int retentionDays, HistoryPolicy history) {
      return new Change(GroupEventKind.CREATED, name, users, null, null, retentionDays, history);
    }

    static Change changed(@Nullable String name, @Nullable Integer retentionDays) {
      return new Change(GroupEventKind.CHANGED, name, List.of(), null, null, retentionDays, null);
    }

    static Change added(List<UUID> users, Role role) {
      return new Change(GroupEventKind.MEMBERS_ADDED, null, users, role, null, null, null);
    }

    static Change removed(UUID user) {
      return new Change(GroupEventKind.MEMBER_REMOVED, null, List.of(user), null, null, null, null);
    }

    static Change left(UUID user, @Nullable UUID successor) {
      return new Change(GroupEventKind.LEFT, null, List.of(user), null, successor, null, null);
    }

    static Change roleChanged(UUID user, Role role) {
      return new Change(GroupEventKind.ROLE_CHANGED, null, List.of(user), role, null, null, null);
    }

    static Change deleted() {
      return new Change(GroupEventKind.DELETED, null, List.of(), null, null, null, null);
    }
  }
}
