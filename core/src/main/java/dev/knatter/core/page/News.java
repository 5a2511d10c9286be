package dev.knatter.core.page;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.knatter.core.delivery.Doorbell;
import dev.knatter.core.store.Redis;
import dev.knatter.core.store.Script;

/**
 * Tells Redis that a conversation has something new: its pages in the {@link PageCache} count no longer, and those who
 * wait at the {@link Doorbell} for one of its members look into the store. One script, one round trip.
 */
public final class News {
  private static final Script NEWS = Script.load(News.class, "news.lua");

  private final Redis redis;

  public News(Redis redis) {
    this.redis = redis;
  }

  /** To be called between the store's acknowledgement of a write and the answer to who asked for it. */
  public void tell(UUID conversation, Collection<UUID> members) {
    redis.eval(NEWS, List.of(PageCache.record(conversation)), members.toArray());
  }
}
