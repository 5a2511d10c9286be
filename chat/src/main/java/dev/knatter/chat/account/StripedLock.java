package dev.knatter.chat.account;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.knatter.shared.DomainError.Unavailable;

/**
 * Lets this process work on one name, or one session, at a time. It decides nothing, the store does; but of many who want a name, or
 * renew a session, at once, all but the first then find it done, instead of starting transactions that hinder each other.
 */
final class StripedLock {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int STRIPES = 64;

  private final Lock[] locks = Stream.generate(() -> new ReentrantLock(/* fair= */ true))
    .limit(STRIPES)
    .toArray(Lock[]::new);

  <T> T of(String name, Supplier<T> work) {
    Lock lock = locks[Math.floorMod(name.hashCode(), STRIPES)];
    try {
      if (!lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
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
