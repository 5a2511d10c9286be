package dev.knatter.chat.limit;

import java.time.Duration;
import java.util.UUID;

import dev.knatter.shared.store.Redis;

/**
 * Tells every process at the user's next request that cached data about this user may be out of date. It costs that
 * request no round trip, because {@link Admission} reads the mark with its script. Redis may lose a mark; then the
 * cache entries expire after a minute at most.
 */
public final class UserInvalidations {
  /** Processes cache such data for less than this. */
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final Redis redis;

  public UserInvalidations(Redis redis) {
    this.redis = redis;
  }

  /** From now on, for a minute, the user's requests are {@link Admitted#invalidated}. */
  public void invalidate(UUID user) {
    redis.set(key(user.toString()), "1", REMEMBERED);
  }

  static String key(String subject) {
    return "knatter:{" + subject + "}:notice";
  }
}
