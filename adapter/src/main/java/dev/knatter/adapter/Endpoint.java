package dev.knatter.adapter;

import java.util.function.Function;

import dev.knatter.adapter.stream.StreamEvent;
import dev.knatter.adapter.stream.Streaming;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;

/**
 * A route and the function that answers it.
 *
 * <p>The payload of the function's message is the bound input. Its headers are:
 * <ul>
 * <li>of an HTTP request: {@code Authorization}, {@code Content-Type} (without parameters), {@code Cookie},
 * {@code Idempotency-Key}, {@code If-Match}, {@code If-None-Match}, {@code Last-Event-ID}, {@code Origin}, {@code traceparent} and
 * {@code tracestate}, where the request has them
 * <li>{@code callerAddress}, a {@link java.net.InetAddress}, where {@link ServerOptions#trustedProxies} tell it
 * <li>{@code waiting}, where the route is a long poll ({@link Route#waits}): an {@link java.util.concurrent.Executor} in which the
 * function waits. It runs the wait on the calling thread. When the client leaves, it interrupts the wait and throws
 * CancellationException
 * <li>of a CloudEvent instead: each attribute with the prefix {@code ce-}, {@code traceparent} and {@code tracestate}
 * </ul>
 *
 * <p>The payload of its answer is written as JSON; a {@code byte[]} or a {@code String} is written as it is, and an empty one is no
 * body. An {@code Iterator} of collections is streamed: each element of a collection is a line of JSON. The adapter
 * asks for the next collection when the client has taken the last one; where the iterator throws UncheckedIOException,
 * the client gets the body without its end.
 *
 * <p>Of the answer's headers, {@code statusCode} (an int, by default 200) is the status, {@code contentType} replaces
 * {@code application/json}, and {@code Retry-After}, {@code WWW-Authenticate}, {@code Idempotency-Replayed}, {@code ETag},
 * {@code Location}, {@code Cache-Control}, {@code RateLimit} and {@code RateLimit-Policy} become HTTP fields; so do, for browsers,
 * {@code Set-Cookie}, {@code Content-Security-Policy}, {@code Cross-Origin-Opener-Policy}, {@code Permissions-Policy} and
 * {@code Referrer-Policy}. No other header does. Where the function throws, the answer is 500.
 *
 * <p>The function of a stream ({@link Route#streams}) gets {@link StreamEvent}s and answers with
 * {@link dev.knatter.adapter.stream.StreamAnswer}s.
 *
 * @param streaming what a stream needs; null for every other route
 */
public record Endpoint<I>(Route<I> route, Function<Message<I>, Message<?>> function,
    @Nullable Streaming streaming) {

  public Endpoint {
    if (route.streams() == (streaming == null)) {
      throw new IllegalArgumentException("A stream, and nothing else, needs channels: " + route.function());
    }
  }

  public Endpoint(Route<I> route, Function<Message<I>, Message<?>> function) {
    this(route, function, null);
  }
}
