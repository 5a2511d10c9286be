package dev.knatter.packaging;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A request of a training session, and the status that answers it.
 *
 * @param target path and query
 * @param body   UTF-8; empty for none
 * @param status another one fails the packaging
 * @param atMost how often it may be sent until that status comes: more than once where a limit is to be met
 * @param again  what is sent each time: the exchange itself, or with something that is good for once
 */
public record TrainingRequest(String method, String target, Map<String, String> headers, String body,
    int status,
    int atMost, UnaryOperator<TrainingRequest> again) {
  public TrainingRequest {
    headers = Map.copyOf(headers);
  }

  public static TrainingRequest get(String target, int status) {
    return new TrainingRequest("GET", target, Map.of(), "", status, 1, UnaryOperator.identity());
  }

  /** A body of JSON. */
  public static TrainingRequest post(String target, String body, int status) {
    return new TrainingRequest("POST", target, Map.of("Content-Type", "application/json"), body, status, 1,
        UnaryOperator.identity());
  }

  public TrainingRequest header(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new TrainingRequest(method, target, more, body, status, atMost, again);
  }

  public TrainingRequest method(String other) {
    return new TrainingRequest(other, target, headers, body, status, atMost, again);
  }

  public TrainingRequest atMost(int times) {
    return new TrainingRequest(method, target, headers, body, status, times, again);
  }

  public TrainingRequest again(UnaryOperator<TrainingRequest> each) {
    return new TrainingRequest(method, target, headers, body, status, atMost, each);
  }
}
