package dev.knatter.adapter;

import dev.knatter.adapter.stream.StreamEvent;
import org.jspecify.annotations.Nullable;

/**
 * One operation as a value: its method and path, the function that answers it, and what protects it.
 *
 * @param method       the HTTP method, upper case; HEAD and OPTIONS are answered from the other routes
 * @param path         the path template, e.g. {@code /v1/users/{username}}; a variable fills a whole segment and a
 *                     component of {@code input}
 * @param function     the name under which the function is registered in Spring Cloud Function
 * @param input        the record that body, query and path variables are bound to
 * @param open         whether it may be called without a token; the adapter itself checks none
 * @param limit        the id of its rate limit, or null when it has none; the adapter itself counts nothing
 * @param maxBodyBytes the largest body in bytes; one more is answered with 413
 * @param answers      the media type of its answers; a request that does not accept it is answered with 406. Any type for
 *                     files ({@link #file})
 * @param compresses   whether its answers may be compressed. Not where an answer holds a secret together with text that others
 *                     can choose: its compressed size would reveal the secret (BREACH)
 * @param waits        whether it is a long poll: its requests may wait for an event, and have a limit of their own
 * @param streams      whether it serves a stream: its requests become held connections
 */
public record Route<I>(String method, String path, String function, Class<I> input, boolean open,
    @Nullable String limit, int maxBodyBytes, String answers, boolean compresses,
    boolean waits, boolean streams) {

  private static final int MEBIBYTE = 1 << 20;

  /** The path that takes CloudEvents by POST, and nothing else by it. */
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
    if (path.equals(Dispatcher.HEALTH) || path.equals(Dispatcher.METRICS)) {
      throw new IllegalArgumentException("The server itself answers " + path);
    }
    if (streams && (!method.equals("GET") || input != StreamEvent.class)) {
      throw new IllegalArgumentException("A stream is a GET whose function takes its events");
    }
    if (maxBodyBytes < 0) {
      throw new IllegalArgumentException("maxBodyBytes is negative: " + maxBodyBytes);
    }
  }

  /** An operation that anybody may call, without a token. */
  public static <I> Route<I> open(String method, String path, String function, Class<I> input) {
    return new Route<>(method, path, function, input, /* open= */ true, null, MEBIBYTE, MediaTypes.JSON,
        /* compresses= */ false, /* waits= */ false, /* streams= */ false);
  }

  /** An operation that needs a bearer token. */
  public static <I> Route<I> bearer(String method, String path, String function, Class<I> input) {
    return new Route<>(method, path, function, input, /* open= */ false, null, MEBIBYTE, MediaTypes.JSON,
        /* compresses= */ false, /* waits= */ false, /* streams= */ false);
  }

  /**
   * A consumer of CloudEvents on {@code POST /}.
   *
   * @param data the record that the event's data are bound to; or {@code byte[]}, for data of any type as they are, with their
   *             type in {@code ce-datacontenttype}
   */
  public static <I> Route<I> event(String function, Class<I> data) {
    return open("POST", EVENTS, function, data);
  }

  /**
   * A stream on {@code GET}: a WebSocket where the request asks for one, else Server-Sent Events. A GRIP proxy reaches it by GET and
   * POST.
   */
  public static Route<StreamEvent> stream(String path, String function) {
    return new Route<>("GET", path, function, StreamEvent.class, /* open= */ false, null, 0,
        MediaTypes.EVENT_STREAM, /* compresses= */ false, /* waits= */ false, /* streams= */ true);
  }

  /**
   * A file of a site, for anybody. It is answered whatever Accept says, for a browser asks for pages, scripts and pictures in
   * different words. Its query is for scripts in the page, and nobody reads it here.
   */
  public static <I> Route<I> file(String path, String function, Class<I> input) {
    return new Route<>("GET", path, function, input, /* open= */ true, null, 0, MediaTypes.ANY,
        /* compresses= */ true, /* waits= */ false, /* streams= */ false);
  }

  public Route<I> limit(String id) {
    return new Route<>(method, path, function, input, open, id, maxBodyBytes, answers, compresses, waits,
        streams);
  }

  public Route<I> maxBody(int bytes) {
    return new Route<>(method, path, function, input, open, limit, bytes, answers, compresses, waits,
        streams);
  }

  /** The same route for a function that answers with an Iterator: its answer is streamed as lines of JSON. */
  public Route<I> lines() {
    return new Route<>(method, path, function, input, open, limit, maxBodyBytes, MediaTypes.LINES, compresses,
        waits, streams);
  }

  /** The same route as a long poll: its function waits in the Executor that it gets ({@link Endpoint}). */
  public Route<I> waiting() {
    return new Route<>(method, path, function, input, open, limit, maxBodyBytes, answers, compresses,
        /* waits= */ true, streams);
  }

  /** The same route with answers that may be compressed ({@link #compresses}). */
  public Route<I> compressed() {
    return new Route<>(method, path, function, input, open, limit, maxBodyBytes, answers,
        /* compresses= */ true, waits, streams);
  }

  /** Whether it answers a request of that method. The POST of a stream is for GRIP proxies. */
  boolean takes(String asked) {
    return switch (asked) {
      case "HEAD" -> method.equals("GET") && !streams;
      case "POST" -> method.equals("POST") || streams;
      default -> method.equals(asked);
    };
  }

  boolean takesEvents() {
    return method.equals("POST") && path.equals(EVENTS);
  }

  boolean isFile() {
    return answers.equals(MediaTypes.ANY);
  }

  /** Whether the input comes in the body; otherwise in the query. */
  boolean takesBody() {
    return !method.equals("GET") && !method.equals("DELETE");
  }
}
