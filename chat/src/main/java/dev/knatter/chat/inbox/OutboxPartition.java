package dev.knatter.chat.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The outbox rows that one process writes during one bucket. If every batch was acknowledged in time, one statement
 * deletes the whole partition. Otherwise the rows of acknowledged batches are deleted one by one. In the tables,
 * {@code number} is the column {@code lane}.
 */
final class OutboxPartition {
  private final long bucket;
  private final int number;
  private final List<UUID> acknowledged = new ArrayList<>();
  private int openAttempts;
  private int late;
  private boolean retired;
  private volatile boolean registered;

  OutboxPartition(long bucket, int number) {
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

  /** Opens an attempt. False if the partition is closed, because its deletion would also hide the new row. */
  synchronized boolean enter() {
    if (retired) {
      return false;
    }
    openAttempts++;
    return true;
  }

  synchronized void leave(UUID position, boolean inTime) {
    openAttempts--;
    if (inTime) {
      registered = true;
      acknowledged.add(position);
    } else {
      late++;
    }
    notifyAll();
  }

  synchronized void awaitEmpty() throws InterruptedException {
    while (openAttempts > 0) {
      wait();
    }
  }

  /** Refuses further attempts. Returns whether the whole partition may be deleted. */
  synchronized boolean retire() {
    retired = true;
    return openAttempts == 0 && late == 0;
  }

  synchronized List<UUID> acknowledged() {
    return List.copyOf(acknowledged);
  }
}
