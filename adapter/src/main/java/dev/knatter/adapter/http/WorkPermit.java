package dev.knatter.adapter.http;

import java.io.Serial;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * What one request holds of the server's capacity, from its beginning to its end. For a long poll it is also the
 * Executor in which the function waits: it runs the wait on the request's own thread, and while that lasts another long
 * poll may run.
 */
final class WorkPermit implements Executor {
  /** Too many long polls ran, and this one had queued for too long. */
  static final class Refused extends RejectedExecutionException {
    @Serial
    private static final long serialVersionUID = 1;
  }

  /** The client has closed its connection, so nobody needs an answer. */
  static final class Gone extends CancellationException {
    @Serial
    private static final long serialVersionUID = 1;
  }

  private final Capacity capacity;
  private final boolean longPoll;
  private final Runnable onWait;
  private boolean watched;
  private boolean running;
  private boolean gone;
  private @Nullable Thread waiting;

  private WorkPermit(Capacity capacity, boolean longPoll, Runnable onWait) {
    this.capacity = capacity;
    this.longPoll = longPoll;
    this.onWait = onWait;
  }

  /**
   * Null when the server has no capacity left.
   *
   * @param onWait run before the first wait, so that the connection notices from then on when the client leaves
   */
  static @Nullable WorkPermit take(Capacity capacity, boolean longPoll, Runnable onWait) {
    boolean taken = longPoll ? capacity.tryLongPoll() : capacity.tryRequest();
    return taken ? new WorkPermit(capacity, longPoll, onWait) : null;
  }

  /**
   * Called first, on the request's thread.
   *
   * @throws Refused when too many long polls run
   */
  void begin() {
    if (longPoll) {
      if (!capacity.tryRunLongPoll()) {
        throw new Refused();
      }
      running = true;
    }
  }

  /** @throws Gone at the end of the wait, when the client has left */
  @Override
  public void execute(Runnable wait) {
    if (!watched) {
      watched = true;
      onWait.run();
    }
    pause();
    try {
      if (beginWait()) {
        wait.run();
      }
    } finally {
      endWait();
    }
    if (isGone()) {
      throw new Gone();
    }
    capacity.runLongPoll();
    running = true;
  }

  private synchronized boolean beginWait() {
    waiting = Thread.currentThread();
    return !gone;
  }

  /**
   * After this {@link #abandon} no longer interrupts the thread: an interrupt could break a store's connection, which
   * others use.
   */
  private synchronized void endWait() {
    waiting = null;
    boolean _ = Thread.interrupted();
  }

  private synchronized boolean isGone() {
    return gone;
  }

  /** Called by the connection when the client has left: it ends the wait. */
  synchronized void abandon() {
    gone = true;
    if (waiting != null) {
      waiting.interrupt();
    }
  }

  private void pause() {
    if (running) {
      running = false;
      capacity.pauseLongPoll();
    }
  }

  /** Gives everything back. Called once, at the end of the request, on its thread. */
  void release() {
    if (longPoll) {
      pause();
      capacity.endLongPoll();
    } else {
      capacity.endRequest();
    }
  }
}
