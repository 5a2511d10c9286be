package dev.knatter.chat.limit;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import dev.knatter.shared.DomainError.RateLimited;

/**
 * Counts the operations that each user has in progress in this process. The counters are in memory, because they
 * protect this process. So they need no Redis, and a crash leaves nothing to clean up.
 */
public final class ConcurrencyLimiter {
  private final ConcurrencyLimit limit;
  private final Map<UUID, Integer> running = new ConcurrentHashMap<>();

  public ConcurrencyLimiter(ConcurrencyLimit limit) {
    this.limit = limit;
  }

  /**
   * Counts one more operation; {@link #release} ends it.
   *
   * @throws RateLimited if the user has as many as the limit allows; then nothing must be released
   */
  public void acquire(UUID user) {
    running.compute(user, (_, count) -> {
      if (count != null && count >= limit.max()) {
        throw new RateLimited(limit.id(), limit.retryAfter());
      }
      return count == null ? 1 : count + 1;
    });
  }

  public void release(UUID user) {
    running.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
  }
}
