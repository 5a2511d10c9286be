package dev.knatter.chat.group;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.HistoryPolicy;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.conversation.Role;
import dev.knatter.chat.group.GroupCommands.Outcome;
import dev.knatter.chat.group.GroupEvent.Change;
import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.Digest;
import dev.knatter.shared.DomainError.ClientIdReused;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.DomainError.PreconditionFailed;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Cassandra;
import org.jspecify.annotations.Nullable;

/**
 * The commands on groups. When one returns, the group's log has its event, and every process finds it in the tables of members.
 * A command that has nothing to change appends nothing. All of them throw
 * <ul>
 * <li>{@link NotFound} if the actor is no member: for them the group does not exist
 * <li>{@link Forbidden} if their role does not allow it
 * <li>{@link PreconditionFailed} if the group is not of the version on which the actor insists
 * <li>{@link ClientIdReused} if the Idempotency-Key came before with something else
 * <li>{@link Unavailable} if the outcome is not known; the same command under the same key may be repeated
 * </ul>
 */
public final class Groups {
  /** How many members one command may add. */
  public static final int MAX_ADDED = 64;
  /** The longest retention in days. */
  public static final int MAX_RETENTION = 3_650;

  private final GroupCommands commands;

  /** @param members at most {@value #MAX_ADDED}; retentionDays: 0 for ever */
  public record NewGroup(String name, Invitees members, int retentionDays, HistoryPolicy history) {
    public NewGroup(String name, List<UUID> members, int retentionDays, HistoryPolicy history) {
      this(name, Invitees.of(members), retentionDays, history);
    }
  }

  /**
   * What a command has done.
   *
   * @param state    of the group after it; after a repeated command, of now
   * @param replayed whether an earlier attempt had done it
   * @param changed  false if there was nothing to change
   */
  public record Done(GroupState state, boolean replayed, boolean changed) {}

  public Groups(Cassandra cassandra, Clock clock, PendingChanges changes,
      Publications publications, JoinCatchUp catchUp) {
    this.commands = new GroupCommands(cassandra, clock, changes, publications, catchUp);
  }

  /** Creates a group. Its creator is the owner. Under the same key it is the same group. */
  public Done create(Command command, NewGroup wanted) {
    UUID group = command.key() == null
        ? UUID.randomUUID()
        : Conversation.groupId(command.actor(), command.key());
    UUID creator = command.actor();
    Digest request = new Digest().add("create")
      .add(wanted.name())
      .add(Integer.toString(wanted.retentionDays()))
      .add(wanted.history().text());
    wanted.members().names().forEach(request::add);
    Outcome outcome = commands.run(group, command, command.id(request), state -> {
      if (state != null) {
        return null;
      }
      List<UUID> users = new ArrayList<>(List.of(creator));
      users.addAll(wanted.members().newcomers(creator::equals).stream().distinct().toList());
      return Change.created(wanted.name(), users, wanted.retentionDays(), wanted.history());
    });
    return ofMember(outcome, command.actor(), outcome.replayed() || !outcome.changed());
  }

  /**
   * Renames a group, or changes how long its messages live, or both.
   *
   * @param name          null to leave it
   * @param retentionDays 0 for ever; null to leave it. What was sent before keeps the life that it was sent with
   */
  public Done change(UUID group, Command command, @Nullable String name, @Nullable Integer retentionDays) {
    Digest request = request("change", group).add(name)
      .add(retentionDays == null ? null : Integer.toString(retentionDays));
    return run(group, command, request,
        state -> GroupRules.change(state, command.actor(), name, retentionDays));
  }

  /** Adds members. Who is a member already keeps their role. */
  public Done add(UUID group, Command command, Invitees users, Role role) {
    Digest request = request("add", group).add(role.text());
    users.names().forEach(request::add);
    return run(group, command, request, state -> {
      GroupRules.requireMayAdd(state, command.actor(), role);
      return GroupRules.add(state, command.actor(),
          users.newcomers(user -> state.member(user).isPresent()), role);
    });
  }

  public Done add(UUID group, Command command, List<UUID> users, Role role) {
    return add(group, command, Invitees.of(users), role);
  }

  /**
   * Changes a member's role. Whoever makes somebody else the owner becomes a moderator.
   *
   * @param name how the command names the member: the same command names the same, whatever has become of them
   * @param user whom it is about; the id of nobody if nobody has the name (any more)
   */
  public Done changeRole(UUID group, Command command, String name, UUID user, Role role) {
    Digest request = request("role", group).add(name).add(role.text());
    return run(group, command, request, state -> GroupRules.changeRole(state, command.actor(), user, role));
  }

  public Done changeRole(UUID group, Command command, UUID user, Role role) {
    return changeRole(group, command, user.toString(), user, role);
  }

  /**
   * Removes a member, or lets the actor leave. A group that everybody has left is deleted.
   *
   * @param name see {@link #changeRole(UUID, Command, String, UUID, Role)}; user: the same
   */
  public void remove(UUID group, Command command, String name, UUID user) {
    Outcome _ = outcome(group, command, request("remove", group).add(name),
        state -> GroupRules.remove(state, command.actor(), user));
  }

  public void remove(UUID group, Command command, UUID user) {
    remove(group, command, user.toString(), user);
  }

  /** Deletes a group: nobody finds it any more. Its content is removed later. */
  public void delete(UUID group, Command command) {
    Outcome _ = outcome(group, command, request("delete", group),
        state -> GroupRules.delete(state, command.actor()));
  }

  private static Digest request(String name, UUID group) {
    return new Digest().add(name).add(group);
  }

  private Done run(UUID group, Command command, Digest request, Function<GroupState, @Nullable Change> rule) {
    Outcome outcome = outcome(group, command, request, rule);
    return ofMember(outcome, command.actor(), outcome.replayed());
  }

  private Outcome outcome(UUID group, Command command, Digest request,
      Function<GroupState, @Nullable Change> rule) {
    return commands.run(group, command, command.id(request), state -> {
      if (state == null) {
        throw Memberships.notFound();
      }
      return rule.apply(state);
    });
  }

  /** The answer to a repeated command shows the group of now: only to those who are still members. */
  private static Done ofMember(Outcome outcome, UUID actor, boolean replayed) {
    if (outcome.state().isDeleted() || outcome.state().member(actor).isEmpty()) {
      throw Memberships.notFound();
    }
    return new Done(outcome.state(), replayed, outcome.changed());
  }
}
