package dev.knatter.chat.webhook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;

/**
 * Remembers users' webhooks for two seconds, because a busy conversation has many events for the same users. So
 * nothing is sent any more five seconds after a webhook was deleted or disabled, or its session has ended. That a user has no
 * webhook, as most have none, is remembered for a minute, for large groups only: each of their messages would read thousands of
 * partitions else.
 */
final class WebhookCache {
  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final Duration NONE_FRESH = Duration.ofMinutes(1);
  private static final int REMEMBERED = 50_000;

  private final Webhooks webhooks;
  private final Cache<UUID, Known> known = Caffeine.newBuilder()
    .maximumSize(REMEMBERED)
    .expireAfter(Expiry.<UUID, Known>writing((_, entry) -> entry.timeToLive()))
    .executor(Runnable::run)
    .build();

  /** asOfNanos: a time before the read, so that a process suspended during it does not count the rows as new. */
  private record Known(List<Webhook> webhooks, long asOfNanos) {
    Duration timeToLive() {
      return (webhooks.isEmpty() ? NONE_FRESH : FRESH).minus(age());
    }

    boolean isFresh() {
      return age().compareTo(FRESH) < 0;
    }

    private Duration age() {
      return Duration.ofNanos(System.nanoTime() - asOfNanos);
    }
  }

  WebhookCache(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /**
   * The webhooks of some users.
   *
   * @param ofLargeGroup whether one may be missing that was created within the last minute
   */
  List<Webhook> of(Collection<UUID> users, boolean ofLargeGroup) {
    List<Webhook> found = new ArrayList<>();
    List<UUID> unknown = new ArrayList<>();
    for (UUID user : users) {
      Known entry = known.getIfPresent(user);
      if (entry == null || !(ofLargeGroup || entry.isFresh())) {
        unknown.add(user);
      } else {
        found.addAll(entry.webhooks());
      }
    }
    if (!unknown.isEmpty()) {
      long asOf = System.nanoTime();
      Map<UUID, List<Webhook>> read = new HashMap<>(webhooks.of(unknown));
      for (UUID user : unknown) {
        List<Webhook> own = read.getOrDefault(user, List.of());
        known.put(user, new Known(own, asOf));
        found.addAll(own);
      }
    }
    return found;
  }

  /** A webhook of a user, if there is one that is enabled. */
  Optional<Webhook> enabled(UUID user, UUID id) {
    return of(List.of(user), false).stream()
      .filter(webhook -> webhook.id().equals(id) && webhook.isEnabled())
      .findFirst();
  }

  /** Forgets a user's webhooks, because this process has changed one of them. */
  void forget(UUID user) {
    known.invalidate(user);
  }
}
