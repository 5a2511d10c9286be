package dev.knatter.chat.live;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.RedisListener;
import org.jspecify.annotations.Nullable;

/**
 * The topics that this process hears. It subscribes to a topic while somebody here listens to one of its channels, and leaves out
 * what is for other channels.
 */
public final class Topics {
  private final Redis redis;
  private final Topic[] topics = IntStream.range(0, Channel.TOPICS)
    .mapToObj(Topic::new)
    .toArray(Topic[]::new);

  /** Who listens to a channel. Its methods must not block. */
  public interface Receiver {
    /** @param nanos {@link System#nanoTime} when it came: whoever had subscribed before then hears it, too */
    void heard(BellMessage message, long nanos);

    /** Messages may have been missed. */
    void missed();
  }

  /** The place of a receiver in a channel. */
  public interface Subscription extends AutoCloseable {
    /** Whether every message on the channel arrives. */
    boolean hears();

    @Override
    void close();
  }

  public Topics(Redis redis) {
    this.redis = redis;
  }

  /**
   * Subscribes, and waits for Redis for a short time. Everything that is published after this call arrives, if the
   * subscription hears.
   */
  public Subscription subscribe(String channel, Receiver receiver) {
    return topics[Channel.topicNumber(channel)].add(channel, receiver);
  }

  private final class Topic implements RedisListener.Receiver {
    private final int number;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Set<Receiver>> receivers = new ConcurrentHashMap<>();
    private volatile @Nullable RedisListener listener;
    private int count;

    Topic(int number) {
      this.number = number;
    }

    Subscription add(String channel, Receiver receiver) {
      lock.lock();
      try {
        receivers.computeIfAbsent(channel, _ -> ConcurrentHashMap.newKeySet()).add(receiver);
        count++;
        if (listener == null) {
          listen();
        }
        return new Place(this, channel, receiver);
      } finally {
        lock.unlock();
      }
    }

    private void listen() {
      try {
        listener = redis.listen(Channel.topic(number), this);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void remove(String channel, Receiver receiver) {
      lock.lock();
      try {
        receivers.computeIfPresent(channel, (_, all) -> {
          all.remove(receiver);
          return all.isEmpty() ? null : all;
        });
        RedisListener last = listener;
        if (--count == 0 && last != null) {
          listener = null;
          last.close();
        }
      } finally {
        lock.unlock();
      }
    }

    boolean hears() {
      RedisListener present = listener;
      return present != null && present.hears();
    }

    @Override
    public void message(byte[] bytes) {
      long nanos = System.nanoTime();
      for (BellMessage message : BellMessage.of(bytes, receivers::containsKey)) {
        receivers.getOrDefault(message.channel(), Set.of())
          .forEach(receiver -> receiver.heard(message, nanos));
      }
    }

    @Override
    public void missed() {
      receivers.values().forEach(all -> all.forEach(Receiver::missed));
    }
  }

  private static final class Place implements Subscription {
    private final Topic topic;
    private final String channel;
    private @Nullable Receiver receiver;

    Place(Topic topic, String channel, Receiver receiver) {
      this.topic = topic;
      this.channel = channel;
      this.receiver = receiver;
    }

    @Override
    public boolean hears() {
      return topic.hears();
    }

    @Override
    public synchronized void close() {
      Receiver mine = receiver;
      if (mine != null) {
        receiver = null;
        topic.remove(channel, mine);
      }
    }
  }
}
