package dev.knatter.chat.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;

/**
 * Runs several writers in turns. One of them runs at a time, until its next pause or its end; chance decides who is next,
 * and now and then that the next one dies where it pauses.
 */
final class Turns {
  /** Ends a writer as a kill does: nobody catches it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, false, false);
    }
  }

  private final Random random;
  private final int killOneIn;

  /** @param killOneIn one turn of so many kills its writer */
  Turns(Random random, int killOneIn) {
    this.random = random;
    this.killOneIn = killOneIn;
  }

  /** One writer. */
  static final class Writer {
    private final Semaphore turn = new Semaphore(0);
    private final Semaphore paused = new Semaphore(0);
    private final Runnable work;
    private volatile boolean killed;
    private volatile boolean ended;

    /** @param work calls {@link #pause}, indirectly; nothing but {@link Killed} leaves it */
    Writer(Runnable work) {
      this.work = work;
    }

    /** Waits for the next turn. */
    void pause() {
      paused.release();
      turn.acquireUninterruptibly();
      if (killed) {
        throw new Killed();
      }
    }

    private void run() {
      try {
        turn.acquireUninterruptibly();
        work.run();
      } catch (Killed _) {
        // as intended
      } finally {
        ended = true;
        paused.release();
      }
    }

    private void takeTurn() {
      turn.release();
      paused.acquireUninterruptibly();
    }
  }

  /** Runs all writers until each has ended. */
  void run(List<Writer> writers) {
    List<Writer> running = new ArrayList<>(writers);
    running.forEach(writer -> Thread.ofVirtual().name("writer").start(writer::run));
    while (!running.isEmpty()) {
      Writer next = running.get(random.nextInt(running.size()));
      next.killed = random.nextInt(killOneIn) == 0;
      next.takeTurn();
      if (next.ended) {
        running.remove(next);
      }
    }
  }
}
