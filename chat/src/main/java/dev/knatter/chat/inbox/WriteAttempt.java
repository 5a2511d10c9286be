package dev.knatter.chat.inbox;

import java.time.Duration;
import java.util.UUID;

import dev.knatter.chat.pending.Intent;
import dev.knatter.chat.pending.PendingRow;

/**
 * An attempt to write a message into inboxes. It has the message's position there, and measures how long ago the
 * position was minted. If the store acknowledges the attempt in time, its outbox row may be deleted. Otherwise the
 * row stays, and the sweep enters the message at a fresh position.
 */
public final class WriteAttempt implements AutoCloseable {
  /** How long after its position's time an inbox row may still appear. Cursors re-read positions until then. */
  public static final Duration DELTA = Duration.ofSeconds(10);

  private static final long IN_TIME_NANOS = DELTA.toNanos() / 2;

  private final PendingRow row;
  private final long startedNanos;
  private boolean inTime;
  private boolean kept;
  private boolean handedOver;

  WriteAttempt(PendingRow row, long startedNanos) {
    this.row = row;
    this.startedNanos = startedNanos;
  }

  public UUID position() {
    return row.position();
  }

  PendingRow row() {
    return row;
  }

  /** Records that the store has just acknowledged the batch, and returns whether that was in time. */
  boolean acknowledge() {
    // The monotonic clock goes on while the process is stopped, and nobody can set it.
    inTime = System.nanoTime() - startedNanos <= IN_TIME_NANOS;
    return inTime;
  }

  /** Leaves the outbox row for the sweep until {@link #releaseRow}, because there is work after the batch. */
  public void keepRow() {
    kept = true;
  }

  /** The work after the batch is finished. */
  public void releaseRow() {
    kept = false;
  }

  /** Gives the outbox row of an acknowledged batch to somebody who writes more inbox rows, and closes what this returns. */
  public Intent handOver() {
    handedOver = true;
    return new Intent(row);
  }

  @Override
  public void close() {
    if (!handedOver) {
      row.leave(inTime && !kept);
    }
  }
}
