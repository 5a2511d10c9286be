package dev.knatter.adapter;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import dev.knatter.adapter.stream.Channels;
import dev.knatter.adapter.stream.Frame;
import dev.knatter.adapter.stream.Publication;

/** Channels within one process. */
final class LocalChannels implements Channels {
  private final Map<String, List<Consumer<Publication>>> receivers = new ConcurrentHashMap<>();
  private volatile boolean away;

  @Override
  public Subscription subscribe(String channel, Consumer<Publication> receiver) {
    if (away) {
      throw new IllegalStateException("away");
    }
    List<Consumer<Publication>> all = receivers.computeIfAbsent(channel, _ -> new CopyOnWriteArrayList<>());
    all.add(receiver);
    return () -> all.remove(receiver);
  }

  void setAway(boolean is) {
    away = is;
  }

  int subscribers(String channel) {
    return receivers.getOrDefault(channel, List.of()).size();
  }

  void publish(String channel, Publication publication) {
    receivers.getOrDefault(channel, List.of()).forEach(receiver -> receiver.accept(publication));
  }

  void publish(String channel, String text) {
    publish(channel, Publication.Frames.of(Frame.of(text)));
  }
}
