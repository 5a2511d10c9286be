package dev.knatter.adapter.stream;

import java.time.Duration;
import java.util.function.LongFunction;

/**
 * The limits of a stream's connections, and how the adapter itself ends them. Only {@link #maxFrameBytes} and {@link #keepAlive}
 * also concern connections that a proxy holds.
 *
 * @param slow           for a client that does not take what is written to it
 * @param tooMany        for one connection more than {@link #maxPerKey}: it is opened, told this, and closed
 * @param reconnect      for the end of the process and for {@link #maxAge}: makes it of the milliseconds after which the client
 *                       is to connect again, which at the end of the process are spread over {@link #reconnectWithin}, and else 0
 * @param maxFrameBytes  the largest message of a client, in bytes of UTF-8, whole or in fragments; one more is closed with 1009
 * @param bufferBytes    how many bytes may wait for a client that does not take them; one more ends it by {@link #slow}
 * @param maxPerKey      how many connections of one {@link StreamAnswer#key} this process holds
 * @param maxConnections how many connections this process holds; one more is answered with 503
 * @param keepAlive      how often a connection is kept alive: a WebSocket by a ping, and after three times without any sign of its
 *                       client it is closed; Server-Sent Events by a comment; a WebSocket at a proxy by a pong, because a client's
 *                       answer to a ping would wake the function
 * @param maxAge         when a connection ends by {@link #reconnect} at the latest: each after 80 to 100 % of it, so that they do not
 *                       end together. Below the longest time that a platform lets a request run
 * @param reconnectWithin over which time the clients of a process that ends are spread
 */
public record StreamOptions(Farewell slow, Farewell tooMany, LongFunction<Farewell> reconnect,
    int maxFrameBytes,
    int bufferBytes, int maxPerKey, int maxConnections, Duration keepAlive, Duration maxAge,
    Duration reconnectWithin) {
  private static final int MAX_FRAME = 64 * 1024;
  private static final int BUFFER = 256 * 1024;
  private static final int PER_KEY = 20;
  /** The heap for a held connection, rounded up, where all may take half of the heap. */
  private static final int CONNECTION_BYTES = 24 * 1024;
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(25);
  private static final Duration AGE = Duration.ofMinutes(9);
  private static final Duration SPREAD = Duration.ofSeconds(5);

  public StreamOptions {
    if (maxFrameBytes < 1 || bufferBytes < maxFrameBytes || maxPerKey < 1 || maxConnections < 0) {
      throw new IllegalArgumentException("The limits of a stream do not fit together");
    }
  }

  /** With the product's limits. */
  public static StreamOptions of(Farewell slow, Farewell tooMany, LongFunction<Farewell> reconnect) {
    return new StreamOptions(slow, tooMany, reconnect, MAX_FRAME, BUFFER, PER_KEY,
        (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 2 / CONNECTION_BYTES),
        KEEP_ALIVE,
        AGE, SPREAD);
  }

  public StreamOptions withBufferBytes(int bytes) {
    return new StreamOptions(slow, tooMany, reconnect, maxFrameBytes, bytes, maxPerKey, maxConnections,
        keepAlive,
        maxAge, reconnectWithin);
  }

  public StreamOptions withMaxPerKey(int connections) {
    return new StreamOptions(slow, tooMany, reconnect, maxFrameBytes, bufferBytes, connections,
        maxConnections,
        keepAlive, maxAge, reconnectWithin);
  }

  public StreamOptions withMaxConnections(int connections) {
    return new StreamOptions(slow, tooMany, reconnect, maxFrameBytes, bufferBytes, maxPerKey, connections,
        keepAlive, maxAge, reconnectWithin);
  }

  public StreamOptions withKeepAlive(Duration silence) {
    return new StreamOptions(slow, tooMany, reconnect, maxFrameBytes, bufferBytes, maxPerKey, maxConnections,
        silence, maxAge, reconnectWithin);
  }

  public StreamOptions withMaxAge(Duration age) {
    return new StreamOptions(slow, tooMany, reconnect, maxFrameBytes, bufferBytes, maxPerKey, maxConnections,
        keepAlive, age, reconnectWithin);
  }

  public StreamOptions withReconnectWithin(Duration spread) {
    return new StreamOptions(slow, tooMany, reconnect, maxFrameBytes, bufferBytes, maxPerKey, maxConnections,
        keepAlive, maxAge, spread);
  }
}
