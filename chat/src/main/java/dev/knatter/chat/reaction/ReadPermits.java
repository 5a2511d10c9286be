package dev.knatter.chat.reaction;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Deadline;

/** Bounds how much all requests of a process read at a time, because what they read is in memory together. */
final class ReadPermits {
  private final Semaphore permits;

  ReadPermits(int count) {
    this.permits = new Semaphore(count, /* fair= */ true);
  }

  /**
   * Reads with some permits, which it takes together: a reader that waited for more with some of them could wait for ever.
   *
   * @throws Unavailable if others have them until the {@link Deadline}
   */
  <T> T with(int count, Supplier<T> read) {
    take(count);
    try {
      return read.get();
    } finally {
      permits.release(count);
    }
  }

  private void take(int count) {
    try {
      if (!permits.tryAcquire(count, Deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new Unavailable("Too many reactions are read at this moment.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("The server is stopping.");
    }
  }
}
