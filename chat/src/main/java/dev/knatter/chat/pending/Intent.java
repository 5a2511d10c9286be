package dev.knatter.chat.pending;

/**
 * A written row of a {@link PendingTable}, for work that cannot be in one batch with it: a lightweight transaction, or writes that are
 * too many. If the process stops before the work is finished, the sweep finds this row.
 */
public final class Intent implements AutoCloseable {
  private final PendingRow row;
  private boolean settled;
  private boolean handedOver;

  /** @param row of a batch that is written */
  public Intent(PendingRow row) {
    this.row = row;
  }

  /** The work is finished, or will never be done. So the row is not needed any more. */
  public void settle() {
    settled = true;
  }

  /** Gives the row to somebody else, who has to close what this returns. */
  public Intent handOver() {
    handedOver = true;
    return new Intent(row);
  }

  /** Leaves the row for the sweep, unless it is settled or somebody else has it. */
  @Override
  public void close() {
    if (!handedOver) {
      row.leave(settled);
    }
  }
}
