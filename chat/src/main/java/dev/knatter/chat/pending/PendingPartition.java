package dev.knatter.chat.pending;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The rows that one process writes to a {@link PendingTable} during one bucket. If the work of every row is finished, one
 * statement deletes the whole partition. Otherwise the finished rows are deleted one by one. In the tables, {@code number} is
 * the column {@code lane}.
 */
final class PendingPartition {
  private final long bucket;
  private final int number;
  private final List<UUID> finished = new ArrayList<>();
  private int open;
  private int unfinished;
  private boolean retired;
  private volatile boolean registered;

  PendingPartition(long bucket, int number) {
    this.bucket = bucket;
    this.number = number;
  }

  long bucket() {
    return bucket;
  }

  int number() {
    return number;
  }

  /** Whether the store has acknowledged a batch that names this partition to the sweep. */
  boolean registered() {
    return registered;
  }

  /** Opens a row. False if the partition is closed, because its deletion would also hide the new row. */
  synchronized boolean enter() {
    if (retired) {
      return false;
    }
    open++;
    return true;
  }

  synchronized void leave(UUID position, boolean isFinished) {
    open--;
    if (isFinished) {
      registered = true;
      finished.add(position);
    } else {
      unfinished++;
    }
    notifyAll();
  }

  synchronized void awaitEmpty() throws InterruptedException {
    while (open > 0) {
      wait();
    }
  }

  /** Refuses further rows. Returns whether the whole partition may be deleted. */
  synchronized boolean retire() {
    retired = true;
    return open == 0 && unfinished == 0;
  }

  synchronized List<UUID> finished() {
    return List.copyOf(finished);
  }
}
