package dev.knatter.chat.group;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import dev.knatter.chat.conversation.Members;
import dev.knatter.chat.conversation.Role;
import dev.knatter.chat.group.GroupEvent.Change;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.NotFound;
import org.jspecify.annotations.Nullable;

/**
 * Who may change what of a group, checked against the state that the log gives. Each rule returns the change, or null if there
 * is nothing to change. The actor is a member.
 */
final class GroupRules {
  /** An upper bound of the log's partition. Leaving, removing and deleting stay possible above it. */
  static final int MAX_VERSION = 50_000;
  /** An upper bound of the members' partition, which keeps a row of everybody who was ever a member. */
  static final int MAX_JOINS = 100_000;

  private GroupRules() {}

  static @Nullable Change change(GroupState state, UUID actor, @Nullable String name,
      @Nullable Integer retentionDays) {
    String newName = name == null || name.equals(state.name()) ? null : name;
    Integer newRetention = retentionDays == null || retentionDays == state.retentionDays()
        ? null
        : retentionDays;
    if (name != null) {
      requireRole(state, actor, Role.MODERATOR, "Only the owner and moderators may rename the conversation.");
    }
    if (retentionDays != null) {
      requireRole(state, actor, Role.OWNER, "Only the owner may change how long messages live.");
    }
    if (newName == null && newRetention == null) {
      return null;
    }
    requireRoom(state);
    return Change.changed(newName, newRetention);
  }

  static void requireMayAdd(GroupState state, UUID actor, Role role) {
    requireRole(state, actor, Role.MODERATOR, "Only the owner and moderators may add members.");
    if (role != Role.MEMBER) {
      requireRole(state, actor, Role.OWNER, "Only the owner may give a role.");
    }
  }

  static @Nullable Change add(GroupState state, UUID actor, List<UUID> users, Role role) {
    requireMayAdd(state, actor, role);
    List<UUID> added = users.stream().distinct().filter(user -> state.member(user).isEmpty()).toList();
    if (added.isEmpty()) {
      return null;
    }
    requireRoom(state);
    if (state.members().size() + added.size() > Members.MAX || state.joins() + added.size() > MAX_JOINS) {
      throw new Forbidden("The conversation cannot have so many members.");
    }
    return Change.added(added, role);
  }

  /** Removes another member, or lets the actor leave. */
  static Change remove(GroupState state, UUID actor, UUID user) {
    if (user.equals(actor)) {
      return leave(state, actor);
    }
    Role theirs = state.member(user).map(GroupMember::role).orElseThrow(GroupRules::noMember);
    requireRole(state, actor, Role.MODERATOR, "Only the owner and moderators may remove members.");
    if (theirs != Role.MEMBER) {
      requireRole(state, actor, Role.OWNER, "Only the owner may remove a moderator, and nobody the owner.");
    }
    return Change.removed(user);
  }

  /** Lets the actor leave. An owner hands the role over. */
  static Change leave(GroupState state, UUID actor) {
    return Change.left(actor, role(state, actor) == Role.OWNER ? state.successorOf(actor) : null);
  }

  static @Nullable Change changeRole(GroupState state, UUID actor, UUID user, Role role) {
    Role before = state.member(user).map(GroupMember::role).orElseThrow(GroupRules::noMember);
    boolean isStepDown = user.equals(actor) && before == Role.MODERATOR && role == Role.MEMBER;
    if (!isStepDown) {
      requireRole(state, actor, Role.OWNER, "Only the owner may change roles.");
    }
    if (before == role) {
      return null;
    }
    if (before == Role.OWNER) {
      throw new Forbidden("The owner gives the role away by making somebody else the owner.");
    }
    requireRoom(state);
    return Change.roleChanged(user, role);
  }

  static Change delete(GroupState state, UUID actor) {
    requireRole(state, actor, Role.OWNER, "Only the owner may delete the conversation.");
    return Change.deleted();
  }

  private static void requireRole(GroupState state, UUID actor, Role least, String otherwise) {
    if (role(state, actor).compareTo(least) > 0) {
      throw new Forbidden(otherwise);
    }
  }

  private static Role role(GroupState state, UUID actor) {
    return Objects.requireNonNull(state.members().get(actor)).role();
  }

  private static void requireRoom(GroupState state) {
    if (state.version() >= MAX_VERSION) {
      throw new Forbidden(
          "The conversation has changed so often that it cannot change any more. Create another one.");
    }
  }

  private static NotFound noMember() {
    return new NotFound("There is no such member.");
  }
}
