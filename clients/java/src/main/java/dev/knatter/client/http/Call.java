package dev.knatter.client.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One request of the API.
 *
 * @param target the path and the query
 * @param body what becomes JSON; null for none
 * @param statuses of the answers that mean success
 * @param repeat after which failures it may be sent again
 * @param open whether it needs no session
 * @param hold how long the server may hold it back, besides the usual time
 */
public record Call(String method, String target, @Nullable Object body, Map<String, String> headers,
    Set<Integer> statuses, Repeat repeat, boolean open, Duration hold) {

  /** After which failures a request may be sent again. */
  public enum Repeat {
    /** After all that pass: twice is as good as once. */
    FREELY,
    /** Only where the server says that it did nothing, because the caller asks too often. */
    WHEN_REFUSED
  }

  public Call {
    headers = Map.copyOf(headers);
    statuses = Set.copyOf(statuses);
  }

  private static Call of(String method, String target, @Nullable Object body, int status) {
    return new Call(method, target, body, Map.of(), Set.of(status), Repeat.FREELY, /* open= */ false,
        Duration.ZERO);
  }

  public static Call get(String path) {
    return of("GET", path, null, 200);
  }

  public static Call post(String path, @Nullable Object body) {
    return of("POST", path, body, 200);
  }

  public static Call put(String path, @Nullable Object body) {
    return of("PUT", path, body, 204);
  }

  public static Call patch(String path, Object body) {
    return of("PATCH", path, body, 200);
  }

  public static Call delete(String path) {
    return of("DELETE", path, null, 204);
  }

  public static Call options(String path) {
    return of("OPTIONS", path, null, 204).withoutSession();
  }

  /** A path with one part that may hold any text. */
  public static String path(String before, Object part, String after) {
    return before + encoded(part) + after;
  }

  private static String encoded(Object part) {
    return URLEncoder.encode(part.toString(), StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** With one more parameter, unless the value is null. */
  public Call query(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    return new Call(method, target + (target.indexOf('?') < 0 ? '?' : '&') + name + '=' + encoded(value),
        body, headers, statuses, repeat, open, hold);
  }

  public Call expecting(Integer... status) {
    return new Call(method, target, body, headers, Set.of(status), repeat, open, hold);
  }

  /** With one more header, unless the value is null. */
  public Call header(String name, @Nullable String value) {
    if (value == null) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Call(method, target, body, more, statuses, repeat, open, hold);
  }

  /** With a key under which it is carried out once, however often it is sent. */
  public Call once() {
    return header("Idempotency-Key", '"' + UUID.randomUUID().toString() + '"');
  }

  public Call withoutSession() {
    return new Call(method, target, body, headers, statuses, repeat, /* open= */ true, hold);
  }

  public Call repeatedOnlyWhenRefused() {
    return new Call(method, target, body, headers, statuses, Repeat.WHEN_REFUSED, open, hold);
  }

  public Call waiting(Duration longer) {
    return new Call(method, target, body, headers, statuses, repeat, open, longer);
  }

  /** Without the body, which may hold a secret, and without the query. */
  @Override
  public String toString() {
    int query = target.indexOf('?');
    return method + " " + (query < 0 ? target : target.substring(0, query));
  }
}
