package dev.knatter.shared.store.resp;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Listens to channels, over a connection of its own that is made for the first listener. After a failure it is made
 * anew, and everybody is rung, for nobody knows what was missed.
 */
public final class Channels implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final byte[] PING = Command.of("PING");

  private final Supplier<Address> post;
  private final Consumer<@Nullable Refusal> answered;
  private final Map<String, Set<Listener>> listeners = new ConcurrentHashMap<>();
  private volatile @Nullable Connection connection;
  private volatile boolean closed;

  /**
   * @param post     a server to listen at, whenever one is needed
   * @param answered takes the refusal where the server does not let anybody listen, and null where it does
   */
  public Channels(Supplier<Address> post, Consumer<@Nullable Refusal> answered) {
    this.post = post;
    this.answered = answered;
  }

  /** One who listens to one channel, until it is closed. */
  public final class Listener implements AutoCloseable {
    private final String channel;
    private final Runnable bell;
    private volatile boolean hears;
    /** Something may have been said there while it did not hear. */
    private volatile boolean missed;

    private Listener(String channel, Runnable bell) {
      this.channel = channel;
      this.bell = bell;
    }

    /** Whether whatever is said there arrives here. */
    public boolean hears() {
      return hears;
    }

    private void deafen() {
      hears = false;
      missed = true;
      bell.run();
    }

    @Override
    public void close() {
      leave(this);
    }
  }

  /**
   * Begins to listen; what is said after this returned is heard, where {@link Listener#hears} says so.
   *
   * @param bell is rung for each message; it must not wait for anything
   */
  public Listener listen(String channel, Runnable bell) throws InterruptedException {
    Listener listener = new Listener(channel, bell);
    Connection open;
    synchronized (this) {
      listeners.computeIfAbsent(channel, _ -> ConcurrentHashMap.newKeySet()).add(listener);
      open = connected();
    }
    subscribe(open, List.of(channel));
    listener.missed = !listener.hears;
    return listener;
  }

  private synchronized void leave(Listener listener) {
    Set<Listener> those = listeners.getOrDefault(listener.channel, Set.of());
    if (those.remove(listener) && those.isEmpty()) {
      listeners.remove(listener.channel);
      if (connection != null && !connection.broken()) {
        var _ = connection.call(Command.of("UNSUBSCRIBE", listener.channel));
      }
    }
  }

  private synchronized Connection connected() {
    Connection present = connection;
    if (present == null) {
      present = Connection.open(post.get(), this::ring);
      connection = present;
      Thread.ofVirtual().name("redis-channels").start(this::watch);
    }
    return present;
  }

  /**
   * Waits no longer than for any answer, but whatever is not answered by then stays asked for. A channel that is
   * subscribed to twice is heard once.
   */
  private void subscribe(Connection open, Collection<String> channels) throws InterruptedException {
    CompletableFuture<?>[] answers = channels.stream()
      .map(channel -> open.call(Command.of("SUBSCRIBE", channel)).thenAccept(reply -> {
        if (reply instanceof List<?>) {
          heard(open, channel);
          answered.accept(null);
        } else if (reply instanceof Refusal refusal) {
          answered.accept(refusal);
        }
      }))
      .toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(answers).get(Server.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return; // it is watched
    }
  }

  private void heard(Connection open, String channel) {
    if (open != connection) {
      return; // given up meanwhile; whoever listens is subscribed at the next one
    }
    for (Listener listener : listeners.getOrDefault(channel, Set.of())) {
      listener.hears = true;
      if (listener.missed) {
        listener.missed = false;
        listener.bell.run();
      }
    }
  }

  private void ring(List<?> message) {
    if (message.size() == 3 && message.get(1) instanceof byte[] channel) {
      listeners.getOrDefault(Replies.text(channel), Set.of()).forEach(listener -> listener.bell.run());
    }
  }

  private void watch() {
    try {
      while (!closed) {
        Thread.sleep(PAUSE);
        ping();
        Connection fresh = renewed();
        if (fresh != null) {
          subscribe(fresh, listeners.keySet());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A connection that has ended without a word is found out only by asking. */
  private void ping() throws InterruptedException {
    Connection present = connection;
    if (present != null && !listeners.isEmpty()) {
      try {
        Server.ask(present, PING);
      } catch (IOException e) {
        return; // it is broken now, or still being made
      }
    }
  }

  /** A new connection where the old one is broken, else null. Nobody hears until it is subscribed. */
  private synchronized @Nullable Connection renewed() {
    if (closed || connection == null || !connection.broken()) {
      return null;
    }
    listeners.values().forEach(those -> those.forEach(Listener::deafen));
    connection = Connection.open(post.get(), this::ring);
    return connection;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (connection != null) {
      connection.close();
    }
  }
}
