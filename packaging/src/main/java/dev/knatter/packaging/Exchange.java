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
public record Exchange(String method, String target, Map<String, String> headers, String body, int status,
    int atMost, UnaryOperator<Exchange> again) {
  public Exchange {
    headers = Map.copyOf(headers);
  }

  public static Exchange get(String target, int status) {
    return new Exchange("GET", target, Map.of(), "", status, 1, UnaryOperator.identity());
  }

  /** A body of JSON. */
  public static Exchange post(String target, String body, int status) {
    return new Exchange("POST", target, Map.of("Content-Type", "application/json"), body, status, 1,
        UnaryOperator.identity());
  }

  public Exchange header(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Exchange(method, target, more, body, status, atMost, again);
  }

  public Exchange method(String other) {
    return new Exchange(other, target, headers, body, status, atMost, again);
  }

  public Exchange atMost(int times) {
    return new Exchange(method, target, headers, body, status, times, again);
  }

  public Exchange again(UnaryOperator<Exchange> each) {
    return new Exchange(method, target, headers, body, status, atMost, each);
  }
}
