package dev.knatter.adapter.held;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import dev.knatter.adapter.stream.Channels;
import dev.knatter.adapter.stream.Publication;
import dev.knatter.adapter.stream.StreamAnswer;

/** The channels of one connection. Used by one thread at a time. */
final class Subscriptions {
  private final Channels channels;
  private final Consumer<Publication> receiver;
  private final Map<String, Channels.Subscription> open = new HashMap<>(4);

  Subscriptions(Channels channels, Consumer<Publication> receiver) {
    this.channels = channels;
    this.receiver = receiver;
  }

  /**
   * Subscribes and unsubscribes as an answer says.
   *
   * @throws SubscriptionFailed where a channel cannot be subscribed to
   */
  void change(StreamAnswer answer) {
    for (String channel : answer.unsubscribe()) {
      Channels.Subscription left = open.remove(channel);
      if (left != null) {
        left.close();
      }
    }
    for (String channel : answer.subscribe()) {
      if (!open.containsKey(channel)) {
        if (open.size() == StreamAnswer.MAX_CHANNELS) {
          throw new IllegalStateException(
              "A connection has more than " + StreamAnswer.MAX_CHANNELS + " channels");
        }
        open.put(channel, subscribe(channel));
      }
    }
  }

  private Channels.Subscription subscribe(String channel) {
    try {
      return channels.subscribe(channel, receiver);
    } catch (RuntimeException e) {
      throw new SubscriptionFailed(e);
    }
  }

  void close() {
    open.values().forEach(Channels.Subscription::close);
    open.clear();
  }
}
