package dev.knatter.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Copies bytes from one end of a connection to the other, at once or with a delay. */
final class Wire {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moves = lock.newCondition();
  private boolean stalled;
  private Duration delay = Duration.ZERO;

  void stall() {
    set(true, Duration.ZERO);
  }

  void delay(Duration each) {
    set(false, each);
  }

  private void set(boolean newStalled, Duration newDelay) {
    lock.lock();
    try {
      stalled = newStalled;
      delay = newDelay;
      moves.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Copies until the end of the input. */
  void carry(InputStream from, OutputStream to) throws IOException, InterruptedException {
    byte[] buffer = new byte[16 * 1024];
    for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
      hold();
      to.write(buffer, 0, length);
      to.flush();
    }
  }

  private void hold() throws InterruptedException {
    Duration wait;
    lock.lock();
    try {
      while (stalled) {
        moves.await();
      }
      wait = delay;
    } finally {
      lock.unlock();
    }
    if (wait.isPositive()) {
      Thread.sleep(wait);
    }
  }
}
