package dev.knatter.adapter;

import org.jspecify.annotations.Nullable;

/**
 * One operation as a value: where it is reached, which function answers it, and what guards it.
 *
 * @param method       the HTTP method, upper case; HEAD and OPTIONS are answered from the other routes
 * @param path         the path template, e.g. {@code /v1/users/{username}}; a variable fills a whole segment and a
 *                     component of {@code input}
 * @param function     the name under which the function is registered in Spring Cloud Function
 * @param input        the record to which body, query and path variables are bound
 * @param open         whether it may be called without a token; the adapter itself checks none
 * @param limit        the id of its rate limit, or null when it has none; the adapter itself counts nothing
 * @param maxBodyBytes the largest body in bytes; one more is answered with 413
 * @param answers      the type of its answers; who does not accept it is answered with 406
 * @param compresses   whether its answers may be compressed for who asks for it: never where one holds a secret beside
 *                     what others could have written, for its size would tell of it
 * @param waits        whether its requests may wait for something to happen; they are bounded by themselves
 */
public record Route<I>(String method, String path, String function, Class<I> input, boolean open,
    @Nullable String limit, int maxBodyBytes, String answers, boolean compresses,
    boolean waits) {

  private static final int MEBIBYTE = 1 << 20;

  /** The path that takes CloudEvents, and nothing else. */
  static final String EVENTS = "/";

  public Route {
    PathTemplate.parse(path);
    if (function.isBlank() || function.indexOf('|') >= 0 || function.indexOf(',') >= 0) {
      throw new IllegalArgumentException(
          "A function's name may not be blank nor compose functions: " + function);
    }
    if (!method.matches("GET|POST|PUT|PATCH|DELETE")) {
      throw new IllegalArgumentException("Not a method to route: " + method);
    }
    if (path.equals(Gateway.HEALTH) || path.equals(Gateway.METRICS)) {
      throw new IllegalArgumentException("The server itself answers " + path);
    }
    if (maxBodyBytes < 0) {
      throw new IllegalArgumentException("maxBodyBytes is negative: " + maxBodyBytes);
    }
  }

  /** An operation that anybody may call. */
  public static <I> Route<I> open(String method, String path, String function, Class<I> input) {
    return new Route<>(method, path, function, input, /* open= */ true, null, MEBIBYTE, MediaTypes.JSON,
        /* compresses= */ false, /* waits= */ false);
  }

  /** An operation for those who bring a bearer token. */
  public static <I> Route<I> bearer(String method, String path, String function, Class<I> input) {
    return new Route<>(method, path, function, input, /* open= */ false, null, MEBIBYTE, MediaTypes.JSON,
        /* compresses= */ false, /* waits= */ false);
  }

  /** A consumer of CloudEvents on {@code POST /}, whose data is bound to {@code data}. */
  public static <I> Route<I> event(String function, Class<I> data) {
    return open("POST", EVENTS, function, data);
  }

  public Route<I> limit(String id) {
    return new Route<>(method, path, function, input, open, id, maxBodyBytes, answers, compresses, waits);
  }

  public Route<I> maxBody(int bytes) {
    return new Route<>(method, path, function, input, open, limit, bytes, answers, compresses, waits);
  }

  /** One whose function answers with an Iterator: its answer is streamed as lines of JSON. */
  public Route<I> lines() {
    return new Route<>(method, path, function, input, open, limit, maxBodyBytes, MediaTypes.LINES, compresses,
        waits);
  }

  /** One whose function waits in what it is given for it: {@link Endpoint}. */
  public Route<I> waiting() {
    return new Route<>(method, path, function, input, open, limit, maxBodyBytes, answers, compresses,
        /* waits= */ true);
  }

  /** One whose answers hold nothing that their size may not tell. */
  public Route<I> compressed() {
    return new Route<>(method, path, function, input, open, limit, maxBodyBytes, answers,
        /* compresses= */ true, waits);
  }

  boolean takesEvents() {
    return path.equals(EVENTS);
  }

  /** Whether the input comes in the body; otherwise in the query. */
  boolean takesBody() {
    return !method.equals("GET") && !method.equals("DELETE");
  }
}
