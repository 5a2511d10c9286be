package dev.knatter.chat.group;

import java.time.Clock;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

import dev.knatter.chat.group.PendingChanges.Entry;
import dev.knatter.chat.pending.PendingSweep;
import dev.knatter.chat.pending.PendingSweep.Outcome;
import dev.knatter.shared.store.Cassandra;

/**
 * Repairs the groups whose commands left a row, because a process stopped or the store did not answer, and catches up for new
 * members. A row stays until the last pass: a suspended process may still append its event after an earlier one.
 */
public final class GroupSweep {
  private final PendingChanges changes;
  private final PendingSweep pending;
  private final GroupRepair repair;
  private final JoinCatchUp catchUp;

  public GroupSweep(Cassandra cassandra, Clock clock, PendingChanges changes, JoinCatchUp catchUp) {
    this.changes = changes;
    this.catchUp = catchUp;
    this.pending = new PendingSweep(cassandra, clock, changes.table(), "GROUPS_", PendingChanges.SCHEMA);
    this.repair = new GroupRepair(cassandra);
  }

  /** Continues every pass where it stopped, for about as long as allowed. */
  public Outcome run(Duration allowed) {
    return run(allowed, () -> true);
  }

  /** @param isRunning asked before each bucket; false stops the run */
  public Outcome run(Duration allowed, BooleanSupplier isRunning) {
    return pending.run(allowed, isRunning, this::repair);
  }

  private OptionalInt repair(long bucket, int lane, boolean isLast) {
    int repaired = 0;
    for (Entry entry : changes.entries(bucket, lane)) {
      if (repair.repair(entry.group()) && !entry.joining().isEmpty()) {
        // Others still have lists from before this repair. The next visits to a row of this moment come after them.
        changes.announce(entry.group(), entry.joining()).close();
      }
      catchUp.enter(entry.group(), entry.joining());
      repaired++;
      if (isLast) {
        changes.delete(entry);
      }
    }
    return OptionalInt.of(repaired);
  }
}
