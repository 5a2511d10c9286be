package dev.knatter.shared.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.redisson.api.RTopic;
import org.redisson.api.RedissonClient;
import org.redisson.api.listener.StatusListener;

/**
 * Listens to one channel until it is closed. Redisson subscribes again after it has reconnected. The listener tells its receiver
 * then, and also when a connection breaks, that it may have missed a message.
 *
 * <p>Redisson reports that a connection to Redis broke, but not which one, so the connection of this subscription may still
 * be open. So the listener then publishes a message to its own channel. When it receives this message, the subscription
 * works.
 */
public final class RedisListener implements AutoCloseable {
  private static final long PAUSE_SECONDS = 1;
  /** The time between two such messages. Meanwhile the waiting callers look for new messages by themselves. */
  private static final long PROOF_SECONDS = 3;

  private final Redis redis;
  private final Supplier<CompletableFuture<RedissonClient>> client;
  private final String channel;
  private final Receiver receiver;
  private volatile CompletableFuture<Integer[]> subscribed = new CompletableFuture<>();
  private volatile boolean hears;
  /** Whether a message may have come while the subscription did not work. */
  private volatile boolean missed;
  /** The message that this listener publishes to itself since a connection broke. */
  private volatile byte[] proof = {};

  /** What a listener hears. Its methods must not block. */
  @FunctionalInterface
  public interface Receiver {
    /** A message on the channel. It is only a hint to a receiver that does not read it: as if it had been missed. */
    default void message(byte[] message) {
      missed();
    }

    /** Messages may have been missed. */
    void missed();
  }

  RedisListener(Redis redis, Supplier<CompletableFuture<RedissonClient>> client, String channel,
      Receiver receiver) {
    this.redis = redis;
    this.client = client;
    this.channel = channel;
    this.receiver = receiver;
  }

  /** Whether every message on the channel arrives here. */
  public boolean hears() {
    return hears;
  }

  /**
   * Subscribes, and waits for the answer for at most the given time. If the answer comes later, the receiver
   * is told then that it may have missed messages. A failed subscription is tried again.
   */
  void subscribe(Duration atMost) throws InterruptedException {
    subscribe();
    try {
      subscribed.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      missed = true;
    }
  }

  private void subscribe() {
    CompletableFuture<Integer[]> attempt = client.get()
      .thenCompose(this::subscribe)
      .whenComplete((_, failure) -> {
        if (failure == null) {
          hear();
          redis.works(Redis.SUBSCRIBE);
        } else if (redis.hasOpen(this)) {
          redis.cannotSubscribe(failure);
          CompletableFuture.delayedExecutor(PAUSE_SECONDS, TimeUnit.SECONDS).execute(this::subscribeIfOpen);
        }
      });
    subscribed = attempt;
    if (!redis.hasOpen(this)) {
      var _ = attempt.thenAccept(this::remove); // close() may have seen the attempt before this one
    }
  }

  private void subscribeIfOpen() {
    if (redis.hasOpen(this)) {
      subscribe();
    }
  }

  /** The status listener is added after the message listener, so that it learns only of later subscriptions. */
  private CompletableFuture<Integer[]> subscribe(RedissonClient redisson) {
    RTopic topic = redisson.getTopic(channel);
    return topic.addListenerAsync(byte[].class, (_, message) -> heard(message))
      .thenCompose(messages -> topic.addListenerAsync(new Status())
        .thenApply(status -> new Integer[]{messages, status}))
      .toCompletableFuture();
  }

  private final class Status implements StatusListener {
    @Override
    public void onSubscribe(String name) {
      missed = true;
      hear();
    }

    @Override
    public void onUnsubscribe(String name) {
      hears = false;
    }
  }

  private void hear() {
    if (missed) {
      missed = false;
      receiver.missed();
    }
    hears = true;
  }

  void disconnected() {
    hears = false;
    missed = true;
    receiver.missed();
    byte[] mine = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    proof = mine;
    prove(mine);
  }

  private void prove(byte[] mine) {
    CompletableFuture.delayedExecutor(PROOF_SECONDS, TimeUnit.SECONDS).execute(() -> {
      if (!hears && Arrays.equals(proof, mine) && redis.hasOpen(this)) {
        var _ = client.get().thenCompose(redisson -> redisson.getTopic(channel).publishAsync(mine));
        prove(mine);
      }
    });
  }

  private void heard(byte[] message) {
    if (message.length > 0 && Arrays.equals(message, proof)) {
      hear();
    } else {
      receiver.message(message);
    }
  }

  @Override
  public void close() {
    redis.forget(this);
    var _ = subscribed.thenAccept(this::remove);
  }

  /** To remove listeners that are not there any more does nothing. */
  private void remove(Integer[] ids) {
    var _ = client.get().thenCompose(redisson -> redisson.getTopic(channel).removeListenerAsync(ids));
  }
}
