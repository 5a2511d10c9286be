package dev.knatter.adapter;

import java.util.function.Function;

import org.springframework.messaging.Message;

/**
 * A route and the function that answers it.
 *
 * <p>The function gets the bound input as payload and, as headers, those of {@code Authorization},
 * {@code Idempotency-Key}, {@code If-Match}, {@code If-None-Match}, {@code traceparent}, {@code tracestate} and
 * {@code Last-Event-ID} which the request has, and {@code callerAddress}, a {@link java.net.InetAddress}, where
 * {@link ServerOptions#trustedProxies} tell it; where the route says {@link Route#waits}, also {@code waiting}, an
 * {@link java.util.concurrent.Executor} that runs a wait on the calling thread, and lets others work meanwhile. It throws
 * CancellationException when the client has gone, which interrupts the wait. For an event instead {@code ce-id}, {@code ce-source},
 * {@code ce-type}, {@code ce-subject}, {@code ce-time} and the trace headers.
 *
 * <p>Its answer's payload is written as JSON, a {@code byte[]} or {@code String} as it is (empty: no body). An
 * {@code Iterator} of collections is streamed, an element of these a line of JSON; it is asked for the next collection
 * when the client has taken the last one, and where it throws UncheckedIOException the answer is cut. The header
 * {@code statusCode} (int, 200 when absent) is the status, {@code contentType} overrides {@code application/json}, and
 * {@code Retry-After}, {@code WWW-Authenticate}, {@code Idempotency-Replayed}, {@code ETag}, {@code Location},
 * {@code Cache-Control}, {@code RateLimit} and {@code RateLimit-Policy} are copied to HTTP; no other header is. What
 * it throws is answered with 500.
 */
public record Endpoint<I>(Route<I> route, Function<Message<I>, Message<?>> function) {}
