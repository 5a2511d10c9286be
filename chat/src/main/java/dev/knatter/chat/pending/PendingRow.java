package dev.knatter.chat.pending;

import java.util.UUID;

/** A row of a {@link PendingTable} that this process is about to write. Whoever opened it calls {@link #leave} once. */
public final class PendingRow {
  private final PendingPartition partition;
  private final UUID position;

  PendingRow(PendingPartition partition, UUID position) {
    this.partition = partition;
    this.position = position;
  }

  public long bucket() {
    return partition.bucket();
  }

  public int lane() {
    return partition.number();
  }

  /** A UUIDv7 of the moment when the row was opened. */
  public UUID position() {
    return position;
  }

  boolean isPartitionRegistered() {
    return partition.registered();
  }

  /** Ends the work on this row: finished, the row is deleted soon; otherwise it stays for the sweep. */
  public void leave(boolean isFinished) {
    partition.leave(position, isFinished);
  }
}
