package dev.knatter.adapter.held;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import dev.knatter.adapter.http.HeldConnection;
import dev.knatter.adapter.http.HoldListener;
import dev.knatter.adapter.stream.Channels;
import dev.knatter.adapter.stream.Close;
import dev.knatter.adapter.stream.Farewell;
import dev.knatter.adapter.stream.Frame;
import dev.knatter.adapter.stream.Publication;
import dev.knatter.adapter.stream.StreamAnswer;
import dev.knatter.adapter.stream.StreamEvent;
import dev.knatter.adapter.stream.StreamEvent.Holder;
import dev.knatter.adapter.stream.StreamEvent.Kind;
import dev.knatter.adapter.stream.StreamOptions;
import org.jspecify.annotations.Nullable;

/**
 * A connection that this process holds, between its client, its channels and its function. The function is called for one event
 * after the other. What is published is written at once, also while the function runs.
 */
final class HeldSession implements HoldListener {
  /**
   * So many different wakes may wait, each some 240 bytes. More are dropped: a store that is away must not end all connections,
   * and wakes must not take the memory of all.
   */
  private static final int MAX_WAKES = 16;
  /** The service is overloaded or a part of it is away: the client comes again later. */
  private static final Close TRY_AGAIN_LATER = new Close(1013, "");
  private static final Close INTERNAL_ERROR = new Close(1011, "");

  private final StreamCalls calls;
  private final HeldConnections connections;
  private final Kind kind;
  private final String id;
  private final @Nullable InetAddress address;
  private final Subscriptions subscriptions;
  private final EarlyPublications early;
  private final SerialTasks tasks = new SerialTasks();
  private final Set<String> wakes = new HashSet<>(2);
  private volatile @Nullable HeldConnection client;
  private volatile boolean closed;
  /** Used by the tasks alone. */
  private @Nullable String key;
  private @Nullable String state;
  private @Nullable StreamAnswer first;
  private boolean slowTold;

  HeldSession(StreamCalls calls, HeldConnections connections, Channels channels, StreamEvent opened,
      @Nullable InetAddress address) {
    this.calls = calls;
    this.connections = connections;
    this.kind = opened.kind();
    this.id = opened.connectionId();
    this.address = address;
    this.subscriptions = new Subscriptions(channels, this::published);
    this.early = new EarlyPublications(connections.options().bufferBytes());
  }

  /**
   * Takes the answer to OPENED, and returns when its channels are in effect. Its frames are written when the client has the head.
   *
   * @throws SubscriptionFailed where a channel cannot be subscribed to; nothing is left of the session then
   */
  void begin(StreamAnswer answer) {
    if (!connections.tryCount(answer.key())) {
      Farewell tooMany = connections.options().tooMany();
      first = StreamAnswer.of(tooMany.frame()).thenClose(tooMany.close());
      return;
    }
    first = answer;
    key = answer.key();
    state = answer.state();
    try {
      subscriptions.change(answer);
    } catch (RuntimeException e) {
      subscriptions.close();
      connections.uncount(key);
      throw e;
    }
  }

  @Override
  public void opened(HeldConnection connection) {
    client = connection;
    tasks.add(() -> guarded(() -> {
      StreamAnswer answer = first;
      first = null;
      if (answer != null) {
        write(connection, answer);
      }
      early.deliver(publication -> deliver(connection, publication), this::slow);
      connection.readNext();
    }));
  }

  @Override
  public void text(String text) {
    tasks.add(() -> {
      call(StreamEvent.Type.TEXT, text);
      HeldConnection connection = client;
      if (connection != null) {
        connection.readNext();
      }
    });
  }

  /**
   * After the event that the function answers now, and before all others: its answer still reaches the client. The ends by age are
   * spread already, so then the client comes again at once.
   */
  @Override
  public void ending(boolean stops) {
    tasks.addFirst(() -> guarded(() -> {
      StreamOptions options = connections.options();
      long within = stops ? options.reconnectWithin().toMillis() : 0;
      end(options.reconnect().apply(ThreadLocalRandom.current().nextLong(within + 1)));
    }));
  }

  @Override
  public void slow() {
    synchronized (this) {
      if (slowTold || closed) {
        return;
      }
      slowTold = true;
    }
    connections.countSlow();
    end(connections.options().slow());
  }

  @Override
  public void closed() {
    closed = true;
    tasks.addFirst(this::leave);
  }

  private void leave() {
    guarded(subscriptions::close);
    connections.uncount(key);
    if (kind == Kind.WEBSOCKET) {
      var _ = calls.next(event(StreamEvent.Type.CLOSED, null), address);
    }
    connections.leave();
  }

  private void call(StreamEvent.Type type, @Nullable String text) {
    HeldConnection connection = client;
    if (closed || connection == null) {
      return;
    }
    StreamAnswer answer = calls.next(event(type, text), address);
    if (answer == null) {
      end(List.of(), INTERNAL_ERROR);
      return;
    }
    guarded(() -> {
      if (answer.state() != null) {
        state = answer.state();
      }
      subscriptions.change(answer);
      write(connection, answer);
    });
  }

  private StreamEvent event(StreamEvent.Type type, @Nullable String text) {
    return new StreamEvent(type, kind, Holder.PROCESS, id, Map.of(), text, state);
  }

  private void write(HeldConnection connection, StreamAnswer answer) {
    if (answer.more() && kind == Kind.WEBSOCKET) {
      throw new IllegalStateException("The client of a WebSocket asks for more itself");
    }
    for (Frame frame : answer.frames()) {
      if (!connection.put(FrameEncoder.encode(kind, frame))) {
        slow();
        return;
      }
    }
    if (answer.close() != null) {
      end(List.of(), answer.close());
    } else if (answer.more()) {
      tasks.add(() -> call(StreamEvent.Type.CONTINUED, null));
    }
  }

  /** Called by the channels. */
  private void published(Publication publication) {
    if (early.take(publication)) {
      return;
    }
    HeldConnection connection = client;
    if (connection != null) {
      deliver(connection, publication);
    }
  }

  private void deliver(HeldConnection connection, Publication publication) {
    switch (publication) {
      case Publication.Frames frames -> {
        for (Frame frame : frames.frames()) {
          if (!connection.offer(FrameEncoder.encode(kind, frame))) {
            slow();
            return;
          }
        }
      }
      case Publication.End end -> end(end.frames(), end.close());
      case Publication.Wake wake -> wake(wake.text());
    }
  }

  private synchronized void wake(String text) {
    if (wakes.size() < MAX_WAKES && wakes.add(text)) {
      tasks.add(() -> woken(text));
    }
  }

  private void woken(String text) {
    synchronized (this) {
      wakes.remove(text);
    }
    call(StreamEvent.Type.WOKEN, text);
  }

  private void end(Farewell farewell) {
    end(List.of(farewell.frame()), farewell.close());
  }

  private void end(List<Frame> last, Close close) {
    HeldConnection connection = client;
    if (connection != null) {
      connection.end(FrameEncoder.encode(kind, last), close.code(), close.reason());
    }
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      calls.report(e);
      end(List.of(), e instanceof SubscriptionFailed ? TRY_AGAIN_LATER : INTERNAL_ERROR);
    }
  }
}
