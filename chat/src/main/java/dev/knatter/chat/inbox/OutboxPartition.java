package dev.knatter.chat.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The outbox rows of one process during one bucket. While none had to be kept, all go by one deletion of the
 * partition; as soon as one is kept, the others go one by one.
 */
final class OutboxPartition {
  private final long bucket;
  private final int number;
  private final List<UUID> done = new ArrayList<>();
  private int underWay;
  private int kept;
  private boolean retired;
  private volatile boolean known;

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

  /** Whether a batch that names this lane to the sweep was acknowledged. */
  boolean known() {
    return known;
  }

  /** Whether an attempt may begin here. Not once the lane is retired: its deletion would hide the row. */
  synchronized boolean enter() {
    if (retired) {
      return false;
    }
    underWay++;
    return true;
  }

  synchronized void leave(UUID position, boolean inTime) {
    underWay--;
    if (inTime) {
      known = true;
      done.add(position);
    } else {
      kept++;
    }
    notifyAll();
  }

  synchronized void awaitEmpty() throws InterruptedException {
    while (underWay > 0) {
      wait();
    }
  }

  /** Lets nobody in any more; whether every row is done. */
  synchronized boolean retire() {
    retired = true;
    return underWay == 0 && kept == 0;
  }

  synchronized List<UUID> done() {
    return List.copyOf(done);
  }
}
