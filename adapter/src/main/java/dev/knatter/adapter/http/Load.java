package dev.knatter.adapter.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What all connections together may have going on: work that runs, requests that may wait, and bytes of bodies that are held. */
final class Load {
  /** Of the work that may run at once, requests that may wait get so much besides: one eighth. */
  private static final int TURNS = 8;
  private static final Duration LONGEST_QUEUE = Duration.ofSeconds(2);

  private final Semaphore work;
  private final Semaphore waiters;
  private final Semaphore turns;
  private final AtomicLong bytes;

  Load(Bounds bounds) {
    work = new Semaphore(bounds.concurrent());
    waiters = new Semaphore(bounds.waiting());
    turns = new Semaphore(Math.max(1, bounds.concurrent() / TURNS), /* fair= */ true);
    bytes = new AtomicLong(bounds.bufferedBytes());
  }

  boolean tryWork() {
    return work.tryAcquire();
  }

  void endWork() {
    work.release();
  }

  /** For a request that may wait, instead of work. */
  boolean tryWaiter() {
    return waiters.tryAcquire();
  }

  void endWaiter() {
    waiters.release();
  }

  /** For a request that may wait, before it works. Blocks, for not much longer than others have patience. */
  boolean tryTurn() {
    try {
      return turns.tryAcquire(LONGEST_QUEUE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The same for one that has waited. What wakes thousands at once must keep nobody from work, so they queue. */
  void awaitTurn() {
    turns.acquireUninterruptibly();
  }

  void endTurn() {
    turns.release();
  }

  boolean tryHold(int more) {
    if (bytes.addAndGet(-more) >= 0) {
      return true;
    }
    bytes.addAndGet(more);
    return false;
  }

  void release(long held) {
    bytes.addAndGet(held);
  }
}
