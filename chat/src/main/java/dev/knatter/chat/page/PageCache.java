package dev.knatter.chat.page;

import dev.knatter.chat.delivery.Notifier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.Script;

/**
 * Pages of conversations that their members read again and again, kept in Redis for all of them.
 *
 * <p>Each conversation has a version there: the time at which Redis first heard of it, replaced by every write (see {@link Notifier}). A
 * page is stored under the version that was asked for before the page was read from the message store, and is found
 * under the present one only. So one that was read before a write is not found after it, however late it was stored;
 * and since a version is a time, one that Redis has forgotten does not come back.
 *
 * <p>A page is stored when it is asked for a second time within a minute, for {@code longest · r / (r + 4w + 8)}:
 * longest is a second for the newest page and a minute for others, r and w are the conversation's reads and writes of
 * the last minute or so (each counts less the longer it is ago); not at all where r is less than w.
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
