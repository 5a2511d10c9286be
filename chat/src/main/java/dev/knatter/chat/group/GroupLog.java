package dev.knatter.chat.group;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.knatter.chat.group.GroupEvent.CommandId;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Cassandra;

/** Reads the state of a group from its last snapshot and the events since. */
final class GroupLog {
  /** How many changes of a group later the answer to a command can still be repeated. */
  static final int REMEMBERED_COMMANDS = 1_000;
  private static final int SNAPSHOT_EVERY = 64;

  private final GroupEvents events;
  private final Snapshots snapshots;

  /**
   * What was read. Deleted groups have it as well.
   *
   * @param recent the last events in order; at least those since the snapshot
   */
  record Read(GroupState state, List<GroupEvent> recent) {
    /** The event of a command, if it is a recent one. */
    Optional<GroupEvent> find(CommandId command) {
      return recent.stream().filter(event -> event.command().isSame(command)).findFirst();
    }
  }

  GroupLog(Cassandra cassandra) {
    this.events = new GroupEvents(cassandra);
    this.snapshots = new Snapshots(cassandra);
  }

  GroupEvents events() {
    return events;
  }

  /** The group; empty if it was never created. It may lack an event that was decided at this moment. */
  Optional<Read> read(UUID group) {
    Optional<GroupState> snapshot = snapshots.find(group);
    return read(group, snapshot, events.above(group, snapshot.map(GroupState::version).orElse(0), false));
  }

  /**
   * The group with every event that was ever decided, and with the last {@value #REMEMBERED_COMMANDS} of them, among which a
   * command finds itself.
   */
  Optional<Read> readSerial(UUID group) {
    Optional<GroupState> snapshot = snapshots.find(group);
    int from = Math.max(0, snapshot.map(GroupState::version).orElse(0) - REMEMBERED_COMMANDS);
    return read(group, snapshot, events.above(group, from, true));
  }

  /** The group, made from all of its events. */
  Optional<Read> readWhole(UUID group) {
    return read(group, Optional.empty(), events.above(group, 0, true));
  }

  private Optional<Read> read(UUID group, Optional<GroupState> snapshot, List<GroupEvent> recent) {
    if (snapshot.isEmpty() && recent.isEmpty()) {
      return Optional.empty();
    }
    GroupFold fold = snapshot.map(GroupFold::new).orElseGet(() -> new GroupFold(group));
    int known = snapshot.map(GroupState::version).orElse(0);
    recent.stream().filter(event -> event.version() > known).forEach(fold::apply);
    return Optional.of(new Read(fold.state(), recent));
  }

  /** Writes a snapshot where the last one is some events old. Call it after an event was appended. */
  void snapshot(GroupState state) {
    if (state.version() % SNAPSHOT_EVERY == 0 && !state.isDeleted()) {
      try {
        writeSnapshot(state);
      } catch (Unavailable _) {
        // The next one will do: readers read some events more until then.
      }
    }
  }

  void writeSnapshot(GroupState state) {
    snapshots.write(state);
  }

  /** Deletes what is kept of a deleted group and was written by people. That the group is deleted stays known for ever. */
  void forget(UUID group) {
    for (GroupEvent event : events.above(group, 0, false)) {
      String name = event.change().name();
      if (name != null && !name.isEmpty()) {
        events.forgetName(group, event.version());
      }
    }
    snapshots.delete(group);
  }
}
