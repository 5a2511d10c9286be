package dev.knatter.adapter;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The address, the limits and the timeouts of a server.
 *
 * @param host          the address to listen on; null for all
 * @param port          the port; 0 for any free one
 * @param origins       the web origins that may call it from a browser ({@code *} for all); none by default
 * @param trustedProxies the proxies that may tell a caller's address; none by default, and then no address is known
 * @param problemPrefix the beginning of a problem's {@code type}, before its name
 * @param maxConcurrent how many requests run at once, without long polls; one more is answered with 503
 * @param maxWaiting    how many long polls are open at once; one more is answered with 503
 * @param maxBufferedBytes how many bytes of request bodies are in memory at once; a request above it is answered with 503
 * @param timeouts      how long the server waits for clients and for running requests
 */
public record ServerOptions(@Nullable String host, int port, List<String> origins,
    List<AddressRange> trustedProxies, String problemPrefix, int maxConcurrent,
    int maxWaiting, long maxBufferedBytes,
    Timeouts timeouts) {

  /**
   * How long the server waits.
   *
   * @param idle how long a connection may stay open without a request
   * @param head how long a request's head may take from its first byte
   * @param body how long a request's body may take
   * @param stop how long running requests may take to finish once the server stops
   */
  public record Timeouts(Duration idle, Duration head, Duration body, Duration stop) {}

  private static final Pattern ORIGIN = Pattern
    .compile("\\*|[a-z][a-z0-9+.-]*://[a-z0-9.-]+(:[0-9]+)?|[a-z]+://\\[[0-9a-f:]+](:[0-9]+)?");
  private static final int DEFAULT_PORT = 8080;
  private static final int DEFAULT_CONCURRENT = 512;
  /** The heap that a waiting long poll takes, rounded up: measured were 12 KiB. */
  private static final int WAITING_BYTES = 16 * 1024;
  // idle: longer than Knative's queue-proxy keeps an unused connection (90 s), so that the proxy closes it; if the server did, a
  // request of the proxy could already be on its way. stop: below the 30 s of Kubernetes between SIGTERM and SIGKILL.
  private static final Timeouts DEFAULT_TIMEOUTS = new Timeouts(Duration.ofSeconds(120),
      Duration.ofSeconds(10),
      Duration.ofSeconds(30), Duration.ofSeconds(20));

  public ServerOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("PORT must be between 0 and 65535, not " + port);
    }
    if (maxConcurrent < 1) {
      throw new IllegalArgumentException("KNATTER_MAX_CONCURRENT must be at least 1, not " + maxConcurrent);
    }
    if (maxWaiting < 0) {
      throw new IllegalArgumentException("KNATTER_MAX_WAITING must not be negative: " + maxWaiting);
    }
    origins = List.copyOf(origins);
    trustedProxies = List.copyOf(trustedProxies);
    for (String origin : origins) {
      if (!ORIGIN.matcher(origin).matches()) {
        throw new IllegalArgumentException(
            "KNATTER_CORS_ORIGINS: not an origin as browsers send it: " + origin);
      }
    }
  }

  /**
   * Reads {@code PORT}, {@code KNATTER_HOST}, {@code KNATTER_CORS_ORIGINS} and {@code KNATTER_TRUSTED_PROXIES} (both
   * comma-separated), {@code KNATTER_MAX_CONCURRENT} and {@code KNATTER_MAX_WAITING}.
   *
   * @throws IllegalArgumentException naming the variable whose value cannot be used
   */
  public static ServerOptions from(Function<String, @Nullable String> env) {
    return new ServerOptions(env.apply("KNATTER_HOST"), number(env, "PORT", DEFAULT_PORT),
        list(env, "KNATTER_CORS_ORIGINS"), ranges(env, "KNATTER_TRUSTED_PROXIES"),
        "urn:knatter:problem:", number(env, "KNATTER_MAX_CONCURRENT", DEFAULT_CONCURRENT),
        number(env, "KNATTER_MAX_WAITING", defaultWaiting()),
        Runtime.getRuntime().maxMemory() / 8, DEFAULT_TIMEOUTS);
  }

  public ServerOptions withHost(String name) {
    return new ServerOptions(name, port, origins, trustedProxies, problemPrefix, maxConcurrent,
        maxWaiting, maxBufferedBytes, timeouts);
  }

  public ServerOptions withPort(int number) {
    return new ServerOptions(host, number, origins, trustedProxies, problemPrefix, maxConcurrent,
        maxWaiting, maxBufferedBytes, timeouts);
  }

  public ServerOptions withOrigins(List<String> allowed) {
    return new ServerOptions(host, port, allowed, trustedProxies, problemPrefix, maxConcurrent,
        maxWaiting, maxBufferedBytes, timeouts);
  }

  public ServerOptions withTrustedProxies(List<AddressRange> proxies) {
    return new ServerOptions(host, port, origins, proxies, problemPrefix, maxConcurrent, maxWaiting,
        maxBufferedBytes,
        timeouts);
  }

  public ServerOptions withProblemPrefix(String prefix) {
    return new ServerOptions(host, port, origins, trustedProxies, prefix, maxConcurrent, maxWaiting,
        maxBufferedBytes,
        timeouts);
  }

  public ServerOptions withMaxConcurrent(int requests) {
    return new ServerOptions(host, port, origins, trustedProxies, problemPrefix, requests, maxWaiting,
        maxBufferedBytes,
        timeouts);
  }

  public ServerOptions withMaxWaiting(int requests) {
    return new ServerOptions(host, port, origins, trustedProxies, problemPrefix, maxConcurrent, requests,
        maxBufferedBytes, timeouts);
  }

  public ServerOptions withMaxBufferedBytes(long bytes) {
    return new ServerOptions(host, port, origins, trustedProxies, problemPrefix, maxConcurrent, maxWaiting,
        bytes,
        timeouts);
  }

  public ServerOptions withTimeouts(Timeouts limits) {
    return new ServerOptions(host, port, origins, trustedProxies, problemPrefix, maxConcurrent,
        maxWaiting, maxBufferedBytes, limits);
  }

  /** As many long polls as fit into half of the heap. */
  private static int defaultWaiting() {
    return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 2 / WAITING_BYTES);
  }

  private static List<String> list(Function<String, @Nullable String> env, String name) {
    String text = env.apply(name);
    return text == null
        ? List.of()
        : Arrays.stream(text.split(",")).map(String::strip).filter(one -> !one.isEmpty()).toList();
  }

  private static List<AddressRange> ranges(Function<String, @Nullable String> env, String name) {
    try {
      return list(env, name).stream().map(AddressRange::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " must be addresses and ranges such as 10.0.0.0/8", e);
    }
  }

  private static int number(Function<String, @Nullable String> env, String name, int otherwise) {
    String text = env.apply(name);
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a number", e);
    }
  }
}
