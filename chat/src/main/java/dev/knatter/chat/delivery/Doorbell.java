package dev.knatter.chat.delivery;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.RedisListener;
import org.jspecify.annotations.Nullable;

/**
 * Tells whoever waits for a user's messages that there is something new. Only a hint, which may be lost or come for
 * nothing: those who wait look into the store now and then by themselves.
 */
public final class Doorbell implements AutoCloseable {
  private static final Duration HEARING = Duration.ofSeconds(2);
  private static final Duration DEAF = Duration.ofMillis(500);
  /** All who wait in one process look into the store by themselves 500 times a second at most. */
  private static final Duration FOR_EACH = Duration.ofMillis(2);

  private final Redis redis;
  private final Set<Ear> ears = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  public Doorbell(Redis redis) {
    this.redis = redis;
  }

  /** Begins to listen; what is in the store by then should be read after this. */
  public Ear listen(UUID user) {
    Ear ear = new Ear();
    ears.add(ear);
    ear.listen("bell:" + user);
    return ear;
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** Ends all waiting. */
  @Override
  public void close() {
    closed = true;
    ears.forEach(ear -> ear.rung.release());
  }

  /** One who listens. Not for several threads. */
  public final class Ear implements AutoCloseable {
    private final Semaphore rung = new Semaphore(0);
    private @Nullable RedisListener listener;

    private Ear() {}

    private void listen(String channel) {
      try {
        listener = redis.listen(channel, rung::release);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Waits for the bell, but not longer than is wise without looking into the store; false: stop waiting. */
    public boolean await(Duration atMost) {
      if (closed) {
        return false;
      }
      Duration wise = max(listener != null && listener.hears() ? HEARING : DEAF,
          FOR_EACH.multipliedBy(ears.size()));
      Duration wait = wise.compareTo(atMost) < 0 ? wise : atMost;
      try {
        if (rung.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
          rung.drainPermits();
        }
        return !closed;
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public void close() {
      ears.remove(this);
      if (listener != null) {
        listener.close();
      }
    }
  }
}
