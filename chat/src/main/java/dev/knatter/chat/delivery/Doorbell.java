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
 * Wakes the readers of this process who wait for a user's messages, by a channel of Redis for each user. It is only a
 * hint: it may be lost, and it may come without a new message. So each waiter also reads the store from time to time.
 */
public final class Doorbell implements AutoCloseable {
  /** How long a waiter waits before it reads the store by itself, while its channel is subscribed. */
  private static final Duration SUBSCRIBED = Duration.ofSeconds(2);
  /** The same while it is not. */
  private static final Duration NOT_SUBSCRIBED = Duration.ofMillis(500);
  /** By this for each of them, so that all waiters together read the store at most 500 times a second by themselves. */
  private static final Duration PER_WAITER = Duration.ofMillis(2);

  private final Redis redis;
  private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  public Doorbell(Redis redis) {
    this.redis = redis;
  }

  /** Subscribes. The caller must read the store after this call: a message from before it rings no bell. */
  public Waiter listen(UUID user) {
    Waiter waiter = new Waiter();
    waiters.add(waiter);
    waiter.subscribe("bell:" + user);
    return waiter;
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** Ends all waiting. */
  @Override
  public void close() {
    closed = true;
    waiters.forEach(waiter -> waiter.rung.release());
  }

  /** One waiting request. It is used by one thread. */
  public final class Waiter implements AutoCloseable {
    private final Semaphore rung = new Semaphore(0);
    private @Nullable RedisListener listener;

    private Waiter() {}

    private void subscribe(String channel) {
      try {
        listener = redis.listen(channel, rung::release);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Waits until the bell rings, or until it is time to read the store anyway; false: stop waiting. */
    public boolean await(Duration atMost) {
      if (closed) {
        return false;
      }
      Duration untilRead = max(listener != null && listener.hears() ? SUBSCRIBED : NOT_SUBSCRIBED,
          PER_WAITER.multipliedBy(waiters.size()));
      Duration wait = untilRead.compareTo(atMost) < 0 ? untilRead : atMost;
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
      waiters.remove(this);
      if (listener != null) {
        listener.close();
      }
    }
  }
}
