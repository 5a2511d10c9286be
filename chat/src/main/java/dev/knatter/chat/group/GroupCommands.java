package dev.knatter.chat.group;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.knatter.chat.account.StripedLock;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.group.GroupEvent.Change;
import dev.knatter.chat.group.GroupEvent.CommandId;
import dev.knatter.chat.pending.Intent;
import dev.knatter.chat.publication.ChatEvent;
import dev.knatter.chat.publication.Publication;
import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.DomainError;
import dev.knatter.shared.DomainError.ClientIdReused;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.RetryPause;
import org.jspecify.annotations.Nullable;

/**
 * Appends the event of a command to the log of its group, and then carries it out. A command reads the log, decides, and appends
 * at the next version by a lightweight transaction; where another command was faster, it begins again. After a transaction of
 * which the outcome is not known, it finds its own event by the command's hash.
 */
final class GroupCommands {
  private static final int ATTEMPTS = 40;

  private final Clock clock;
  private final PendingChanges changes;
  private final Publications publications;
  private final JoinCatchUp catchUp;
  private final GroupRepair repair;
  private final GroupLog log;
  private final StripedLock locks = new StripedLock();

  GroupCommands(Cassandra cassandra, Clock clock, PendingChanges changes,
      Publications publications, JoinCatchUp catchUp) {
    this.clock = clock;
    this.changes = changes;
    this.publications = publications;
    this.catchUp = catchUp;
    this.repair = new GroupRepair(cassandra);
    this.log = repair.log();
  }

  /** Decides what a command changes. */
  @FunctionalInterface
  interface Decision {
    /**
     * Returns the change; null if there is nothing to change. Throws if the actor may not.
     *
     * @param state null if there is no such group, deleted ones included, which a creation does not mind
     */
    @Nullable
    Change decide(@Nullable GroupState state);
  }

  /**
   * What became of a command.
   *
   * @param state    of the group after it; after a repeated command, of now
   * @param replayed whether an earlier attempt had done it
   * @param changed  whether there is an event of it
   */
  record Outcome(GroupState state, boolean replayed, boolean changed) {}

  Outcome run(UUID group, Command command, CommandId id, Decision decision) {
    return locks.withLock(group.toString(), () -> {
      boolean isSerial = command.key() != null; // an earlier attempt may still be deciding
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Optional<GroupLog.Read> read = isSerial ? log.readSerial(group) : log.read(group);
        GroupEvent earlier = read.flatMap(known -> known.find(id)).orElse(null);
        if (earlier != null) {
          return repeated(read.orElseThrow(), earlier, id, /* replayed= */ attempt == 0);
        }
        Optional<Outcome> outcome = attempt(group, command, id, read.orElse(null), decision);
        if (outcome.isPresent()) {
          return outcome.get();
        }
        isSerial = true;
        RetryPause.after(attempt);
      }
      throw new Unavailable("The conversation is being changed by others at this moment.");
    });
  }

  private Outcome repeated(GroupLog.Read read, GroupEvent earlier, CommandId id, boolean replayed) {
    if (!earlier.command().request().equals(id.request())) {
      throw new ClientIdReused();
    }
    carryOut(read); // the earlier attempt may have ended before it
    return new Outcome(read.state(), replayed, true);
  }

  /** Empty if another event has the version, or may have. */
  private Optional<Outcome> attempt(UUID group, Command command, CommandId id, GroupLog.@Nullable Read read,
      Decision decision) {
    GroupState before = read == null || read.state().isDeleted() ? null : read.state();
    Change change;
    try {
      change = decide(command, read, before, decision);
    } catch (DomainError refused) {
      carryOut(read);
      throw refused;
    }
    if (change == null) {
      carryOut(read);
      return Optional.of(new Outcome(requireState(before), false, false));
    }
    int version = before == null ? 1 : before.version() + 1;
    GroupEvent event = new GroupEvent(version, now(), command.actor(), id, change);
    GroupState after = (before == null ? new GroupFold(group) : new GroupFold(before)).apply(event).state();
    Set<UUID> concerned = new HashSet<>(after.members().keySet());
    if (before != null) {
      concerned.addAll(before.members().keySet());
    }
    return append(event, after, read == null ? List.of() : read.recent(), concerned);
  }

  private static @Nullable Change decide(Command command, GroupLog.@Nullable Read read,
      @Nullable GroupState before, Decision decision) {
    if (before != null) {
      if (before.member(command.actor()).isEmpty()) {
        throw Memberships.notFound();
      }
      command.versions().require(before.version());
    }
    Change change = decision.decide(before);
    if (change != null && read != null && before == null) {
      throw Memberships.notFound(); // it was deleted
    }
    return change;
  }

  /**
   * The command may be the repetition of one without a key, of which the first attempt has appended the event and no more. So what
   * the log has is carried out before any answer.
   */
  private void carryOut(GroupLog.@Nullable Read read) {
    if (read != null) {
      var _ = repair.carryOut(read.state(), read.recent());
    }
  }

  /** @param concerned the members of before and after */
  private Optional<Outcome> append(GroupEvent event, GroupState after, List<GroupEvent> before,
      Set<UUID> concerned) {
    List<ChatEvent> facts = ConversationEvents.of(after.id(), event, after.isDeleted());
    List<Publication> opened = new ArrayList<>();
    // Of a creation nobody can have another list of members.
    List<UUID> joining = event.change().kind() == GroupEventKind.MEMBERS_ADDED
        ? event.change().users()
        : List.of();
    try (Intent pending = changes.announce(after.id(), joining)) {
      for (ChatEvent fact : facts) {
        Publication publication = publications.open(fact.reference());
        opened.add(publication);
        publication.announce();
      }
      boolean isAppended;
      try {
        isAppended = log.events().append(after.id(), event);
      } catch (Unavailable unknown) {
        return Optional.empty(); // the rows stay for the sweeps
      }
      if (!isAppended) {
        opened.forEach(Publication::calledOff);
        pending.settle();
        return Optional.empty();
      }
      List<GroupEvent> recent = new ArrayList<>(before);
      recent.add(event);
      var _ = repair.carryOut(after, recent);
      if (joining.isEmpty()) {
        pending.settle();
      } else {
        catchUp.later(after.id(), joining, pending.handOver());
      }
      for (int i = 0; i < facts.size(); i++) {
        opened.get(i).happened(facts.get(i).data(), concerned);
      }
      log.snapshot(after);
      return Optional.of(new Outcome(after, false, true));
    } finally {
      opened.forEach(Publication::close);
    }
  }

  private static GroupState requireState(@Nullable GroupState state) {
    if (state == null) {
      throw Memberships.notFound();
    }
    return state;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
