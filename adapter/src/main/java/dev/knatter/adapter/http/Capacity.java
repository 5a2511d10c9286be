package dev.knatter.adapter.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the server has left: how many requests may run, how many long polls may be open, how many bytes of bodies may be in memory,
 * and how many bytes may wait for the clients of held connections. All connections share it.
 *
 * <p>A long poll does not take from the requests that may run. Many long polls can be open, but few of them run at once: when
 * an event wakes thousands of them together, the others queue, and other requests still get the processor.
 */
public final class Capacity {
  /** Long polls may run at once: this part of the requests that may run. */
  private static final int LONG_POLL_SHARE = 8;
  private static final Duration LONGEST_QUEUE = Duration.ofSeconds(2);

  private final ServerLimits limits;
  private final Semaphore requests;
  private final Semaphore longPolls;
  private final Semaphore runningLongPolls;
  private final AtomicLong bytes;
  private final AtomicLong waitingBytes = new AtomicLong();

  public Capacity(ServerLimits limits) {
    this.limits = limits;
    requests = new Semaphore(limits.concurrent());
    longPolls = new Semaphore(limits.waiting());
    runningLongPolls = new Semaphore(Math.max(1, limits.concurrent() / LONG_POLL_SHARE), /* fair= */ true);
    bytes = new AtomicLong(limits.bufferedBytes());
  }

  boolean tryRequest() {
    return requests.tryAcquire();
  }

  void endRequest() {
    requests.release();
  }

  boolean tryLongPoll() {
    return longPolls.tryAcquire();
  }

  void endLongPoll() {
    longPolls.release();
  }

  /** Lets a new long poll run. Blocks for at most two seconds, as no caller waits much longer. */
  boolean tryRunLongPoll() {
    try {
      return runningLongPolls.tryAcquire(LONGEST_QUEUE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Lets a long poll run again after its wait. Blocks until it may. */
  void runLongPoll() {
    runningLongPolls.acquireUninterruptibly();
  }

  void pauseLongPoll() {
    runningLongPolls.release();
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

  /** Whether more bytes may wait for the clients of held connections: of all together as many as of bodies. */
  boolean mayWait() {
    return waitingBytes.get() < limits.bufferedBytes();
  }

  void addWaiting(int more) {
    waitingBytes.addAndGet(more);
  }

  /** How many bytes wait for the clients of held connections. */
  public long waitingBytes() {
    return waitingBytes.get();
  }

  /** How many requests run now, without long polls. */
  public int openRequests() {
    return limits.concurrent() - requests.availablePermits();
  }

  /** How many long polls are open now. */
  public int openLongPolls() {
    return limits.waiting() - longPolls.availablePermits();
  }
}
