package dev.knatter.adapter.http;

import java.io.Serial;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * What a request holds of the server's load. It begins as work. As an Executor it runs a wait, on the request's own thread:
 * meanwhile the request is no work but counts among those that wait, where it stays counted until its end.
 */
final class WorkPermit implements Executor {
  /** As many requests wait as may. */
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
  private final Runnable onWait;
  private boolean working = true;
  private boolean waits;
  private boolean gone;
  private @Nullable Thread waiting;

  /** @param onWait run before the first wait: has the connection watched */
  WorkPermit(Load load, Runnable onWait) {
    this.load = load;
    this.onWait = onWait;
  }

  /**
   * @throws Refused before the wait has begun
   * @throws Gone    at its end
   */
  @Override
  public void execute(Runnable wait) {
    if (!waits) {
      if (!load.tryWait()) {
        throw new Refused();
      }
      waits = true;
      onWait.run();
    }
    endTurn();
    try {
      if (begin()) {
        wait.run();
      }
    } finally {
      end();
      load.resume();
    }
    if (isGone()) {
      throw new Gone();
    }
  }

  private synchronized boolean begin() {
    waiting = Thread.currentThread();
    return !gone;
  }

  /** From here on nothing interrupts: whatever follows may use what an interrupt would break for others. */
  private synchronized void end() {
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

  /** Work ends where it began as such; a request that has waited has a turn of another kind. */
  private void endTurn() {
    if (working) {
      working = false;
      load.endWork();
    } else {
      load.endResumed();
    }
  }

  /** Gives everything back. Called once, at the end of the request, on its thread. */
  void release() {
    endTurn();
    if (waits) {
      load.endWait();
    }
  }
}
