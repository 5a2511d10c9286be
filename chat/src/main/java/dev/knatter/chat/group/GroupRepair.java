package dev.knatter.chat.group;

import java.util.List;
import java.util.UUID;

import dev.knatter.shared.store.Cassandra;

/** Brings all that is made from a group's log to the state of the log. May be repeated, by many at once. */
public final class GroupRepair {
  private final GroupLog log;
  private final MemberTables tables;
  private final DeletionOrders deletions;

  public GroupRepair(Cassandra cassandra) {
    this.log = new GroupLog(cassandra);
    this.tables = new MemberTables(cassandra, log.events());
    this.deletions = new DeletionOrders(cassandra);
  }

  GroupLog log() {
    return log;
  }

  /** Finishes what a stopped process has left. Returns whether there was anything. */
  public boolean repair(UUID group) {
    return log.readSerial(group).map(read -> carryOut(read.state(), read.recent())).orElse(false);
  }

  /** The same, if the log has an event that the tables may not have: two small reads otherwise. */
  void repairIfBehind(UUID group) {
    if (log.events().lastVersion(group) > tables.version(group)) {
      var _ = repair(group);
    }
  }

  /**
   * Writes what follows from a state, unless that is done. The order to remove the content of a deleted group comes first: once
   * the tables have the last version, nobody looks again.
   *
   * @param recent the last events up to that state
   * @return whether there was anything to write
   */
  boolean carryOut(GroupState state, List<GroupEvent> recent) {
    int from = tables.version(state.id());
    if (from >= state.version()) {
      return false;
    }
    if (state.deletedAt() != null) {
      deletions.place(state.id(), state.deletedAt());
    }
    tables.advance(state, recent, from);
    return true;
  }

  /** Makes the tables and the snapshot anew from all events, while others use them. Returns whether there is such a group. */
  public boolean rebuild(UUID group) {
    return log.readWhole(group).map(read -> {
      if (read.state().isDeleted()) {
        var _ = carryOut(read.state(), read.recent()); // what was removed must not come back
      } else {
        log.writeSnapshot(read.state());
        tables.rewrite(read.state(), read.recent());
      }
      return true;
    }).orElse(false);
  }
}
