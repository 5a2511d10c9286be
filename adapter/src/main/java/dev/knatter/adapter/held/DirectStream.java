package dev.knatter.adapter.held;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

import dev.knatter.adapter.http.Hold;
import dev.knatter.adapter.stream.Channels;
import dev.knatter.adapter.stream.StreamAnswer;
import dev.knatter.adapter.stream.StreamEvent;
import dev.knatter.adapter.stream.StreamEvent.Kind;
import dev.knatter.adapter.stream.StreamOptions;
import org.jspecify.annotations.Nullable;

/** Has connections held by this process. */
public final class DirectStream {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BYTES = 16;
  /** A connection ends after this part of its age at the earliest. */
  private static final double LEAST_AGE = 0.8;

  private final StreamCalls calls;
  private final HeldConnections connections;
  private final Channels channels;

  public DirectStream(StreamCalls calls, HeldConnections connections, Channels channels) {
    this.calls = calls;
    this.connections = connections;
    this.channels = channels;
  }

  /** A new id of a connection. */
  public static String newId() {
    byte[] id = new byte[ID_BYTES];
    RANDOM.nextBytes(id);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }

  /**
   * Subscribes to the channels that the answer to OPENED names. The connection gives its place in {@link HeldConnections} back
   * when it ends.
   *
   * @throws SubscriptionFailed where a channel cannot be subscribed to; the place is still taken then
   */
  public Hold hold(StreamEvent opened, @Nullable InetAddress address, StreamAnswer first) {
    HeldSession session = new HeldSession(calls, connections, channels, opened, address);
    session.begin(first);
    StreamOptions options = connections.options();
    return new Hold(opened.kind() == Kind.WEBSOCKET, options.maxFrameBytes(), options.bufferBytes(),
        options.keepAlive(), age(options.maxAge()), session);
  }

  private static Duration age(Duration longest) {
    double part = ThreadLocalRandom.current().nextDouble(LEAST_AGE, 1);
    return Duration.ofMillis((long) (longest.toMillis() * part));
  }
}
