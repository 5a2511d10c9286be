package dev.knatter.chat.limit;

import java.time.Duration;
import java.util.UUID;

import dev.knatter.shared.store.Redis;

/**
 * Tells every process, at the next request of a user, that something was decided about him lately, so that what it
 * remembers may be old. It costs that request nothing: admission finds the notice on its way. A notice may be lost; then
 * processes know when their memory has expired, a minute later at most.
 */
public final class UserInvalidations {
  /** What processes remember of such things, they remember for less than this. */
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final Redis redis;

  public UserInvalidations(Redis redis) {
    this.redis = redis;
  }

  /** From now on the requests of that user are {@link Admitted#noticed}, for a minute. */
  public void post(UUID user) {
    redis.set(key(user.toString()), "1", REMEMBERED);
  }

  static String key(String subject) {
    return "knatter:{" + subject + "}:notice";
  }
}
