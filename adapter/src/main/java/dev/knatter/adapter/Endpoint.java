package dev.knatter.adapter;

import java.util.function.Function;

import org.springframework.messaging.Message;

/**
 * A route and the function that answers it.
 *
 * <p>The payload of the function's message is the bound input. Its headers are:
 * <ul>
 * <li>of an HTTP request: {@code Authorization}, {@code Idempotency-Key}, {@code If-Match}, {@code If-None-Match},
 * {@code Last-Event-ID}, {@code traceparent} and {@code tracestate}, where the request has them
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
 * {@code Location}, {@code Cache-Control}, {@code RateLimit} and {@code RateLimit-Policy} become HTTP fields. No other header
 * does. Where the function throws, the answer is 500.
 */
public record Endpoint<I>(Route<I> route, Function<Message<I>, Message<?>> function) {}
