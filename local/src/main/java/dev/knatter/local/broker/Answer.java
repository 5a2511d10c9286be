package dev.knatter.local.broker;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.knatter.adapter.event.Event;
import dev.knatter.adapter.json.InvalidInput;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver made of an event.
 *
 * @param status 2xx: it is done
 * @param body   for the dead letters
 * @param reply  an event that the receiver sent back
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares answers
record Answer(int status, byte[] body, @Nullable Event reply) {
  private static final byte[] NO_BODY = {};
  private static final int BAD_GATEWAY = 502;
  private static final int INTERNAL_ERROR = 500;
  private static final int FIRST_SERVER_ERROR = 500;
  private static final Set<Integer> RETRIED_CLIENT_ERRORS = Set.of(404, 408, 409, 429);

  /** A success with a body that is no event counts as a failure, because the receiver may have meant something by it. */
  static Answer of(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    byte[] body = response.body();
    Map<String, List<String>> fields = response.headers().map();
    if (!isSuccess(status)) {
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

  /** The receiver was not reached, or did not answer in time. */
  static Answer none(IOException why) {
    return new Answer(INTERNAL_ERROR, ("dispatch error: " + why).getBytes(StandardCharsets.UTF_8), null);
  }

  boolean isDone() {
    return isSuccess(status);
  }

  /** Which failures may pass by themselves (Knative's data plane contract, "event acknowledgement and delivery retry"). */
  boolean isRetried() {
    return status >= FIRST_SERVER_ERROR || RETRIED_CLIENT_ERRORS.contains(status);
  }

  private static boolean isSuccess(int status) {
    return status / 100 == 2;
  }
}
