package dev.knatter.chat.page;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import dev.knatter.chat.delivery.Notifier;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.Script;

/**
 * Caches pages of conversations in Redis, for all members.
 *
 * <p>Each conversation has a version in Redis: the time when Redis first heard of the conversation. Every write
 * replaces it (see {@link Notifier}). A page is stored under the version that was current before the page was read
 * from the message store, and it is found only while that version is current. So a page that was read before a write
 * is never found after it, even if it is stored late. Because a version is a time, a version that Redis has lost does
 * not come back.
 *
 * <p>A page is stored when it is requested for the second time within a minute, for {@code longest · r / (r + 4w +
 * 8)}. longest is a second for the newest page and a minute for others. r and w are the conversation's reads and
 * writes of about the last minute, where recent ones count more. If r is less than w, the page is not stored.
 */
public final class PageCache {
  private static final Script LOOKUP = Script.load(PageCache.class, "page-lookup.lua");
  private static final Script FILL = Script.load(PageCache.class, "page-fill.lua");
  private static final Duration NEWEST = Duration.ofSeconds(1);
  private static final Duration OLDER = Duration.ofMinutes(1);

  private final Redis redis;

  public PageCache(Redis redis) {
    this.redis = redis;
  }

  Page newest(UUID conversation, int limit, Supplier<Page> store) {
    return page(conversation, "newest:" + limit, NEWEST, store);
  }

  Page upTo(UUID conversation, UUID key, int limit, Supplier<Page> store) {
    return page(conversation, key + ":" + limit, OLDER, store);
  }

  private Page page(UUID conversation, String name, Duration longest, Supplier<Page> store) {
    List<String> keys = List.of(Notifier.pagesKey(conversation),
        "page:{" + conversation + "}:" + PageCodec.FORMAT + ":" + name);
    Optional<List<byte[]>> answer = redis.evalBytes(LOOKUP, keys, longest.toMillis());
    if (answer.isEmpty()) {
      return store.get();
    }
    List<byte[]> found = answer.get();
    if (found.size() == 1) {
      return PageCodec.page(conversation, found.getFirst());
    }
    Page read = store.get();
    if (!found.isEmpty()) {
      redis.send(FILL, keys, found.getFirst(), found.getLast(), PageCodec.bytes(read));
    }
    return read;
  }
}
