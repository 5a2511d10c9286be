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
 * One who listens to one channel, until it is closed. Redisson subscribes again after it has reconnected. Then, and when a
 * connection breaks, the bell is rung, for a message may have been missed.
 *
 * <p>Redisson tells of a connection that breaks, but not of which: the subscription may have kept its own. So the listener
 * then says something to itself, and what it hears of that proves that the subscription is alive.
 */
public final class RedisListener implements AutoCloseable {
  private static final long PAUSE_SECONDS = 1;
  /** Between two proofs: those who wait look by themselves meanwhile. */
  private static final long PROOF_SECONDS = 3;

  private final Redis redis;
  private final Supplier<CompletableFuture<RedissonClient>> client;
  private final String channel;
  private final Runnable bell;
  private volatile CompletableFuture<Integer[]> subscribed = new CompletableFuture<>();
  private volatile boolean hears;
  /** Something may have been said there while it did not hear. */
  private volatile boolean missed;
  /** What this listener says to itself since a connection broke. */
  private volatile byte[] proof = {};

  RedisListener(Redis redis, Supplier<CompletableFuture<RedissonClient>> client, String channel,
      Runnable bell) {
    this.redis = redis;
    this.client = client;
    this.channel = channel;
    this.bell = bell;
  }

  /** Whether whatever is said there arrives here. */
  public boolean hears() {
    return hears;
  }

  /** Waits for the answer no longer than that; the bell is rung when it comes later. What fails is tried again. */
  void subscribe(Duration atMost) throws InterruptedException {
    subscribe();
    try {
      subscribed.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      missed = true;
    }
  }

  private void subscribe() {
    subscribed = client.get().thenCompose(this::subscribe).whenComplete((ids, failure) -> {
      if (failure == null) {
        hear();
        redis.works(Redis.SUBSCRIBE);
      } else if (redis.hasOpen(this)) {
        redis.cannotSubscribe(failure);
        CompletableFuture.delayedExecutor(PAUSE_SECONDS, TimeUnit.SECONDS).execute(this::subscribe);
      }
    });
  }

  /** The status listener comes second, so that it is told of later subscriptions only. */
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
      bell.run();
    }
    hears = true;
  }

  void disconnected() {
    hears = false;
    missed = true;
    bell.run();
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
    if (Arrays.equals(message, proof)) {
      hear();
    }
    bell.run();
  }

  @Override
  public void close() {
    redis.forget(this);
    var _ = subscribed.thenCompose(
        ids -> client.get().thenCompose(redisson -> redisson.getTopic(channel).removeListenerAsync(ids)));
  }
}
