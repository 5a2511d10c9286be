package dev.knatter.chat.delivery;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.Script;

/**
 * Tells Redis that a conversation has changed. The cached pages of the conversation become invalid, and its members'
 * requests that wait at the {@link Doorbell} read the store again. One script, one round trip.
 */
public final class Notifier {
  private static final Script NOTIFY = Script.load(Notifier.class, "notify.lua");
  private static final Script WAKE = Script.load(Notifier.class, "wake.lua");

  private final Redis redis;

  public Notifier(Redis redis) {
    this.redis = redis;
  }

  /** Call this after the store has acknowledged a write and before the client gets its answer. */
  public void conversationChanged(UUID conversation, Collection<UUID> members) {
    redis.eval(NOTIFY, List.of(pagesKey(conversation)), members.toArray());
  }

  /** Lets members who wait read again. Cached pages of the conversation stay valid: they have the message already. */
  public void wake(UUID conversation, Collection<UUID> members) {
    redis.eval(WAKE, List.of(pagesKey(conversation)), members.toArray());
  }

  /** The Redis key of the conversation's page version. */
  public static String pagesKey(UUID conversation) {
    return "pages:{" + conversation + "}";
  }
}
