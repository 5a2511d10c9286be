package dev.knatter.chat.delivery;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.Script;

/**
 * Tells Redis that a conversation has something new: pages of it that Redis holds count no longer, and those who
 * wait at the {@link Doorbell} for one of its members look into the store. One script, one round trip.
 */
public final class Notifier {
  private static final Script NEWS = Script.load(Notifier.class, "news.lua");

  private final Redis redis;

  public Notifier(Redis redis) {
    this.redis = redis;
  }

  /** To be called between the store's acknowledgement of a write and the answer to who asked for it. */
  public void tell(UUID conversation, Collection<UUID> members) {
    redis.eval(NEWS, List.of(pagesKey(conversation)), members.toArray());
  }

  /** The key of what Redis knows of a conversation's pages. */
  public static String pagesKey(UUID conversation) {
    return "pages:{" + conversation + "}";
  }
}
