package dev.knatter.chat.account;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.knatter.shared.DomainError.Unavailable;

/**
 * A striped lock: this process works on one username, one session, or one group at a time. It is an optimization only; the
 * store decides. Without it, many concurrent requests for one name would start transactions that slow each other
 * down. With it, all but the first find the work done.
 */
public final class StripedLock {
  private static final Duration MAX_WAIT = Duration.ofSeconds(2);
  private static final int STRIPES = 64;

  private final Lock[] locks = Stream.generate(() -> new ReentrantLock(/* fair= */ true))
    .limit(STRIPES)
    .toArray(Lock[]::new);

  /** Runs the work when no other work of the same name, and few others, are running. */
  public <T> T withLock(String name, Supplier<T> work) {
    Lock lock = locks[Math.floorMod(name.hashCode(), STRIPES)];
    try {
      if (!lock.tryLock(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Unavailable("Too many want the same at this moment.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("The server is stopping.");
    }
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
