package dev.knatter.chat.group;

import java.time.Clock;
import java.util.UUID;

import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.group.GroupCommands.Outcome;
import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.Digest;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.store.Cassandra;

/** Lets erased users leave their groups. An owner hands the role over, as always. */
public final class GroupDepartures {
  private final Clock clock;
  private final ConversationsOfUser ofUsers;
  private final GroupCommands commands;
  private final GroupRepair repair;

  public GroupDepartures(Cassandra cassandra, Clock clock, PendingChanges changes,
      Publications publications, JoinCatchUp catchUp) {
    this.clock = clock;
    this.ofUsers = new ConversationsOfUser(cassandra);
    this.commands = new GroupCommands(cassandra, clock, changes, publications, catchUp);
    this.repair = new GroupRepair(cassandra);
  }

  /** Lets a user leave some groups. Returns how many; 0 if the user is in none any more. */
  public int leaveSome(UUID user, int limit) {
    int departures = 0;
    for (UUID group : ofUsers.groups(user)) {
      if (departures == limit) {
        return departures;
      }
      Command command = new Command(user, null, Versions.ANY);
      try {
        Outcome _ = commands.run(group, command, command.id(new Digest().add("erased").add(group)),
            state -> {
              if (state == null) {
                throw Memberships.notFound(); // deleted
              }
              return GroupRules.leave(state, user);
            });
        departures++;
      } catch (NotFound gone) {
        var _ = repair.repair(group); // the group is deleted, or the log has it that the user is no member
      }
    }
    return departures;
  }

  /** Deletes the list of the user's conversations. */
  public void forget(UUID user) {
    ofUsers.deleteAll(user, clock.instant());
  }
}
