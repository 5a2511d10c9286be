package dev.knatter.client.session;

import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/** Keeps a session as long as the program runs. */
public final class MemorySessionStore implements SessionStore {
  private final Lock lock = new ReentrantLock();
  private volatile @Nullable StoredSession session;

  @Override
  public Optional<StoredSession> load() {
    return Optional.ofNullable(session);
  }

  @Override
  public void save(StoredSession next) {
    session = next;
  }

  @Override
  public void clear() {
    session = null;
  }

  @Override
  public void exclusively(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }
}
