package dev.knatter.core.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.knatter.core.store.Redis;
import org.redisson.api.RTopic;
import org.redisson.client.codec.StringCodec;

/**
 * Tells whoever waits for a user's messages that there is something new. Only a hint, which may be lost or come for
 * nothing: those who wait look into the store now and then by themselves.
 */
public final class Doorbell implements AutoCloseable {
  private static final Duration HEARING = Duration.ofSeconds(2);
  private static final Duration DEAF = Duration.ofMillis(500);

  private final Redis redis;
  private final Set<Ear> ears = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  public Doorbell(Redis redis) {
    this.redis = redis;
  }

  /** Begins to listen; what is in the store by then should be read after this. */
  public Ear listen(UUID user) {
    Ear ear = new Ear("bell:" + user);
    ears.add(ear);
    ear.subscribe();
    return ear;
  }

  /** Ends all waiting. */
  @Override
  public void close() {
    closed = true;
    ears.forEach(ear -> ear.rung.release());
  }

  /** One who listens. Not for several threads. */
  public final class Ear implements AutoCloseable {
    private final String channel;
    private final Semaphore rung = new Semaphore(0);
    private Optional<Integer> subscription = Optional.empty();

    private Ear(String channel) {
      this.channel = channel;
    }

    private void subscribe() {
      subscription = redis.attempt(redisson -> redisson.getTopic(channel, StringCodec.INSTANCE)
        .addListener(String.class, (_, _) -> rung.release()));
    }

    /** Waits for the bell, but not longer than is wise without looking into the store; false: stop waiting. */
    public boolean await(Duration atMost) {
      if (closed) {
        return false;
      }
      if (subscription.isEmpty()) {
        subscribe();
      }
      Duration wise = subscription.isPresent() ? HEARING : DEAF;
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
      subscription.ifPresent(id -> redis.attempt(redisson -> {
        RTopic topic = redisson.getTopic(channel, StringCodec.INSTANCE);
        return topic.removeListenerAsync(id);
      }));
    }
  }
}
