package dev.knatter.chat.live;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import dev.knatter.chat.live.LiveFrame.Bye;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.Script;

/**
 * Counts the connections of each user that proxies hold, so that one user cannot fill the proxies. One above {@link #MAX} ends the
 * oldest. A client that has left without a word is still counted, so there may be more of them than in one process; and should the
 * oldest be one that somebody uses, its client connects again. Without Redis nothing is counted.
 */
public final class ProxyConnections {
  static final int MAX = 100;
  /** As long as a connection may last: as a refresh token without a renewal. */
  private static final Duration KEPT = Duration.ofDays(30);
  private static final long AGAIN_AFTER_MILLIS = 2_000;
  private static final Script OPENED = Script.load(ProxyConnections.class, "connection-opened.lua");
  private static final Script CLOSED = Script.load(ProxyConnections.class, "connection-closed.lua");

  private final Redis redis;
  private final Supplier<FramePublisher> frames;

  public ProxyConnections(Redis redis, Supplier<FramePublisher> frames) {
    this.redis = redis;
    this.frames = frames;
  }

  /** Counts a connection, and ends the user's oldest in the background if there are too many. */
  public void opened(UUID user, String connection) {
    Optional<List<Object>> oldest = redis.eval(OPENED, List.of(key(user)),
        Channel.connection(user, connection), MAX, KEPT.toSeconds());
    List<String> channels = oldest.orElse(List.of()).stream().map(String.class::cast).toList();
    if (!channels.isEmpty()) {
      Thread.ofVirtual().name("connections").start(() -> {
        boolean _ = frames.get().end(channels, Bye.reconnect(AGAIN_AFTER_MILLIS));
      });
    }
  }

  /** Counts a connection no more. */
  public void closed(UUID user, String connection) {
    var _ = redis.eval(CLOSED, List.of(key(user)), Channel.connection(user, connection));
  }

  static String key(UUID user) {
    return "live:{" + user + "}:connections";
  }
}
