package dev.knatter.adapter.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** What all connections together may have going on: work that runs, and bytes of bodies that are held. */
final class Load {
  private final Semaphore work;
  private final AtomicLong bytes;

  Load(Bounds bounds) {
    work = new Semaphore(bounds.concurrent());
    bytes = new AtomicLong(bounds.bufferedBytes());
  }

  boolean tryWork() {
    return work.tryAcquire();
  }

  void endWork() {
    work.release();
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
