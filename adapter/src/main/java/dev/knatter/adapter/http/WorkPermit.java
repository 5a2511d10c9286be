package dev.knatter.adapter.http;

import java.io.Serial;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * What a request holds of the server's load. One that may wait has a place of its own from beginning to end, and queues with
 * its like for turns to work. As an Executor the permit runs a wait, on the request's own thread, without holding a turn.
 */
final class WorkPermit implements Executor {
  /** There was no turn in time. */
  static final class Refused extends RejectedExecutionException {
    @Serial
    private static final long serialVersionUID = 1;
  }

  /** The client has gone, so nobody needs an answer. */
  static final class Gone extends CancellationException {
    @Serial
    private static final long serialVersionUID = 1;
  }

  private final Load load;
  private final boolean waits;
  private final Runnable onWait;
  private boolean watched;
  private boolean hasTurn;
  private boolean gone;
  private @Nullable Thread waiting;

  private WorkPermit(Load load, boolean waits, Runnable onWait) {
    this.load = load;
    this.waits = waits;
    this.onWait = onWait;
  }

  /**
   * Null where as many requests are there as may be.
   *
   * @param onWait run before the first wait: has the connection watched
   */
  static @Nullable WorkPermit take(Load load, boolean waits, Runnable onWait) {
    boolean taken = waits ? load.tryWaiter() : load.tryWork();
    return taken ? new WorkPermit(load, waits, onWait) : null;
  }

  /** Called first, on the request's thread. */
  void begin() {
    if (waits) {
      if (!load.tryTurn()) {
        throw new Refused();
      }
      hasTurn = true;
    }
  }

  /** @throws Gone at the end of the wait */
  @Override
  public void execute(Runnable wait) {
    if (!watched) {
      watched = true;
      onWait.run();
    }
    endTurn();
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
    load.awaitTurn();
    hasTurn = true;
  }

  private synchronized boolean beginWait() {
    waiting = Thread.currentThread();
    return !gone;
  }

  /** From here on nothing interrupts: whatever follows may use what an interrupt would break for others. */
  private synchronized void endWait() {
    waiting = null;
    boolean _ = Thread.interrupted();
  }

  private synchronized boolean isGone() {
    return gone;
  }

  /** The client has gone: nobody waits any more. Called by the connection. */
  synchronized void abandon() {
    gone = true;
    if (waiting != null) {
      waiting.interrupt();
    }
  }

  private void endTurn() {
    if (hasTurn) {
      hasTurn = false;
      load.endTurn();
    }
  }

  /** Gives everything back. Called once, at the end of the request, on its thread. */
  void release() {
    if (waits) {
      endTurn();
      load.endWaiter();
    } else {
      load.endWork();
    }
  }
}
