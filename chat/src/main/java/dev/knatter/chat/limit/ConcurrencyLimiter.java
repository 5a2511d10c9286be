package dev.knatter.chat.limit;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import dev.knatter.shared.DomainError.RateLimited;

/**
 * Counts what each user has going on in this process. In memory, for it guards what this process has: it needs no Redis,
 * and there is nothing to clear away after a crash.
 */
public final class ConcurrencyLimiter {
  private final ConcurrencyLimit limit;
  private final Map<UUID, Integer> running = new ConcurrentHashMap<>();

  public ConcurrencyLimiter(ConcurrencyLimit limit) {
    this.limit = limit;
  }

  /**
   * One more; {@link #leave} ends it.
   *
   * @throws RateLimited where the user has as many as may be; then there is nothing to leave
   */
  public void enter(UUID user) {
    running.compute(user, (_, count) -> {
      if (count != null && count >= limit.atOnce()) {
        throw new RateLimited(limit.id(), limit.retryAfter());
      }
      return count == null ? 1 : count + 1;
    });
  }

  public void leave(UUID user) {
    running.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
  }
}
