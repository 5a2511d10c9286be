package dev.knatter.guard;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import dev.knatter.chat.limit.Admitted;
import dev.knatter.chat.limit.ConcurrencyLimit;
import dev.knatter.chat.limit.FanOutLimit;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.shared.DomainError.RateLimited;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * Adds headers that tell callers their limit (draft-ietf-httpapi-ratelimit-headers-11): how many requests in how many
 * seconds, how many are left, and in how many seconds there is one more.
 */
final class LimitHeaders {
  private LimitHeaders() {}

  static Message<?> add(Admitted admitted, Message<?> answer) {
    Admitted.Remaining remaining = admitted.remaining();
    if (remaining == null) {
      return answer;
    }
    Map<String, Object> headers = new HashMap<>(answer.getHeaders());
    headers.put("RateLimit-Policy", policy(admitted.limit()));
    headers.put("RateLimit", state(admitted.limit().id(), remaining.requests(), remaining.untilMore()));
    return new GenericMessage<Object>(answer.getPayload(), headers);
  }

  /** Adds the headers to a refusal. */
  static Problem add(RateLimited refused, Problem problem) {
    return problem.header("RateLimit-Policy", policy(refused.limit()))
      .header("RateLimit", state(refused.limit(), 0, refused.retryAfter()))
      .header("Retry-After", Long.toString(seconds(refused.retryAfter())));
  }

  private static String policy(String id) {
    ConcurrencyLimit waiting = ConcurrencyLimit.WAITING;
    if (id.equals(waiting.id())) {
      return policy(id, waiting.max(), waiting.maxDuration());
    }
    return id.equals(FanOutLimit.ID)
        ? policy(id, FanOutLimit.ROWS, FanOutLimit.WINDOW)
        : policy(RateLimit.of(id));
  }

  private static String policy(RateLimit limit) {
    return policy(limit.id(), limit.capacity(), limit.window());
  }

  private static String policy(String id, int quota, Duration window) {
    return named(id) + ";q=" + quota + ";w=" + seconds(window);
  }

  private static String state(String id, long remaining, Duration untilMore) {
    return named(id) + ";r=" + remaining + ";t=" + seconds(untilMore);
  }

  private static String named(String id) {
    return '"' + id + '"';
  }

  /** Whole seconds, as HTTP headers need, rounded up and at least one. */
  static long seconds(Duration duration) {
    return Math.max(1, duration.plusNanos(999_999_999).toSeconds());
  }
}
