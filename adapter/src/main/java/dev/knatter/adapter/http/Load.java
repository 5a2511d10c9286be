package dev.knatter.adapter.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** What all connections together may have going on: work that runs, requests that wait, and bytes of bodies that are held. */
final class Load {
  /** Of the work that may run at once, requests that have waited get so much besides: one eighth. */
  private static final int RESUMED_SHARE = 8;

  private final Semaphore work;
  private final Semaphore waits;
  private final Semaphore resumed;
  private final AtomicLong bytes;

  Load(Bounds bounds) {
    work = new Semaphore(bounds.concurrent());
    waits = new Semaphore(bounds.waiting());
    resumed = new Semaphore(Math.max(1, bounds.concurrent() / RESUMED_SHARE), /* fair= */ true);
    bytes = new AtomicLong(bounds.bufferedBytes());
  }

  boolean tryWork() {
    return work.tryAcquire();
  }

  void endWork() {
    work.release();
  }

  boolean tryWait() {
    return waits.tryAcquire();
  }

  void endWait() {
    waits.release();
  }

  /**
   * Blocks until one that has waited may go on. They have places of their own and queue for them: what wakes thousands of
   * them at once must keep nobody else from work.
   */
  void resume() {
    resumed.acquireUninterruptibly();
  }

  void endResumed() {
    resumed.release();
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
