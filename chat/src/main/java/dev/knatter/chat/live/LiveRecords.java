package dev.knatter.chat.live;

import java.util.List;
import java.util.UUID;

import dev.knatter.shared.store.Redis;

/** What Redis knows of each user's connections: when they were here, what proxies hold for them, and the number of the last frame. */
public final class LiveRecords {
  private final Redis redis;

  public LiveRecords(Redis redis) {
    this.redis = redis;
  }

  /** Deletes what is known of an erased user. Without Redis it goes by itself, within 30 days. */
  public void forget(UUID user) {
    redis.delete(List.of(PresenceStore.key(user), ProxyConnections.key(user)));
    redis.delete(List.of(Bell.key(user)));
  }
}
