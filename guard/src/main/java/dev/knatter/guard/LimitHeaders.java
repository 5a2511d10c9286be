package dev.knatter.guard;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import dev.knatter.chat.limit.Admitted;
import dev.knatter.chat.limit.ConcurrencyLimit;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.shared.DomainError.RateLimited;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * Tells callers what is left of their limit, so that they need not hit it (draft-ietf-httpapi-ratelimit-headers-11): of
 * how many requests in how many seconds, how many are left, and in how many seconds there is one more.
 */
final class LimitHeaders {
  private LimitHeaders() {}

  static Message<?> add(Admitted admitted, Message<?> answer) {
    Admitted.Left left = admitted.left();
    if (left == null) {
      return answer;
    }
    Map<String, Object> headers = new HashMap<>(answer.getHeaders());
    headers.put("RateLimit-Policy", policy(admitted.limit()));
    headers.put("RateLimit", state(admitted.limit().id(), left.requests(), left.untilMore()));
    return new GenericMessage<Object>(answer.getPayload(), headers);
  }

  /** For a request too many. */
  static Problem add(RateLimited refused, Problem problem) {
    ConcurrencyLimit waiting = ConcurrencyLimit.WAITING;
    String policy = refused.limit().equals(waiting.id())
        ? policy(waiting.id(), waiting.atOnce(), waiting.longest())
        : policy(RateLimit.of(refused.limit()));
    return problem.header("RateLimit-Policy", policy)
      .header("RateLimit", state(refused.limit(), 0, refused.retryAfter()))
      .header("Retry-After", Long.toString(seconds(refused.retryAfter())));
  }

  private static String policy(RateLimit limit) {
    return policy(limit.id(), limit.capacity(), limit.window());
  }

  private static String policy(String id, int quota, Duration window) {
    return named(id) + ";q=" + quota + ";w=" + seconds(window);
  }

  private static String state(String id, long left, Duration untilMore) {
    return named(id) + ";r=" + left + ";t=" + seconds(untilMore);
  }

  private static String named(String id) {
    return '"' + id + '"';
  }

  /** Whole seconds, rounded up, at least one: what HTTP's headers count in. */
  static long seconds(Duration duration) {
    return Math.max(1, duration.plusNanos(999_999_999).toSeconds());
  }
}
