package dev.knatter.client.follow;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.knatter.client.http.NoAnswerException;
import org.jspecify.annotations.Nullable;

/** What happens on a WebSocket, in its order, for one thread. The server is asked for the next text when one was taken. */
final class SocketEvents implements WebSocket.Listener {
  /** Frames of the server have 64 KiB at most. */
  private static final int LONGEST = 1 << 20;

  /** One thing that happened. */
  sealed interface Event {}

  record Text(String text) implements Event {}

  record Pong() implements Event {}

  /** What this side wants to say. */
  record Wish(String text) implements Event {}

  record Closed(String reason) implements Event {}

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final StringBuilder open = new StringBuilder();

  /** The next event, or null if none has come. */
  @Nullable
  Event next(Duration within) {
    try {
      return events.poll(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswerException("The thread was interrupted.", e);
    }
  }

  void wish(String text) {
    events.add(new Wish(text));
  }

  @Override
  public void onOpen(WebSocket socket) {
    socket.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    open.append(part);
    if (open.length() > LONGEST) {
      events.add(new Closed("a frame is too long"));
      return null;
    }
    if (last) {
      events.add(new Text(open.toString()));
      open.setLength(0);
    } else {
      socket.request(1);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    socket.request(1); // the server has none for us
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
    events.add(new Pong());
    socket.request(1); // the JDK answers it
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
    events.add(new Pong());
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
    events.add(new Closed("closed with " + status + (reason.isEmpty() ? "" : ": " + reason)));
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    events.add(new Closed(String.valueOf(error)));
  }
}
