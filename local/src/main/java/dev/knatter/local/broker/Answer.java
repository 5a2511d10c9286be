package dev.knatter.local.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.knatter.adapter.event.Event;
import dev.knatter.adapter.event.EventSender;
import dev.knatter.adapter.json.InvalidInput;
import org.jspecify.annotations.Nullable;

/**
 * A receiver's answer to an event.
 *
 * @param status 2xx if the receiver has accepted the event
 * @param body   goes into the dead letter of a failed delivery
 * @param reply  an event that the receiver sent back
 */
@SuppressWarnings("ArrayRecordComponent") // no code compares answers
record Answer(int status, byte[] body, @Nullable Event reply) {
  private static final byte[] NO_BODY = {};
  private static final int BAD_GATEWAY = 502;
  private static final int INTERNAL_ERROR = 500;
  private static final int FIRST_SERVER_ERROR = 500;
  private static final Set<Integer> RETRIED_CLIENT_ERRORS = Set.of(404, 408, 409, 429);

  /**
   * Reads an answer. A 2xx whose body is not an event counts as a failure, as in Knative: the receiver may have wanted to
   * reply.
   */
  static Answer of(EventSender.Answer response) {
    int status = response.status();
    byte[] body = response.body();
    Map<String, List<String>> fields = response.headers();
    if (!response.isSuccess()) {
      return new Answer(status, body, null);
    }
    if (!CloudEvents.isIn(fields)) {
      return new Answer(body.length == 0 ? status : BAD_GATEWAY, body, null);
    }
    try {
      return new Answer(status, NO_BODY, CloudEvents.read(fields, body));
    } catch (InvalidInput e) {
      return new Answer(BAD_GATEWAY, body, null);
    }
  }

  /** The answer for a receiver that could not be reached or did not answer in time. */
  static Answer none(IOException why) {
    return new Answer(INTERNAL_ERROR, ("dispatch error: " + why).getBytes(StandardCharsets.UTF_8), null);
  }

  boolean isDone() {
    return isSuccess(status);
  }

  /** Whether a later attempt may succeed (Knative's data plane contract, "event acknowledgement and delivery retry"). */
  boolean isRetried() {
    return status >= FIRST_SERVER_ERROR || RETRIED_CLIENT_ERRORS.contains(status);
  }

  private static boolean isSuccess(int status) {
    return status / 100 == 2;
  }
}
