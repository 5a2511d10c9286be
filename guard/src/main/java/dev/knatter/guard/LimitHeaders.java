package dev.knatter.guard;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import dev.knatter.core.limit.Admitted;
import dev.knatter.core.limit.RateLimit;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Tells callers what is left of their limit (draft-ietf-httpapi-ratelimit-headers), so that they need not hit it. */
final class LimitHeaders {
  private LimitHeaders() {}

  static Message<?> add(Admitted admitted, Message<?> answer) {
    Admitted.Left left = admitted.left();
    if (left == null) {
      return answer;
    }
    RateLimit limit = admitted.limit();
    Map<String, Object> headers = new HashMap<>(answer.getHeaders());
    headers.put("RateLimit-Policy", "\"%s\";q=%d;w=%d".formatted(limit.id(), limit.capacity(),
        seconds(limit.window())));
    headers.put("RateLimit",
        "\"%s\";r=%d;t=%d".formatted(limit.id(), left.requests(), seconds(left.untilFull())));
    return new GenericMessage<Object>(answer.getPayload(), headers);
  }

  /** Whole seconds, rounded up, at least one: what HTTP's headers count in. */
  static long seconds(Duration duration) {
    return Math.max(1, duration.plusNanos(999_999_999).toSeconds());
  }
}
