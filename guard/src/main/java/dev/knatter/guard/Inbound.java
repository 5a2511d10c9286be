package dev.knatter.guard;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;

import dev.knatter.shared.DomainError.InvalidRequest;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * The part of a request's message that reaches a function: the payload and the headers that functions use. Header names
 * are matched without regard to case, because adapters spell them differently, and get the spelling that is written
 * here. The token is left out, so that no function can log it. The caller's address comes from the adapter only.
 */
record Inbound<I>(I payload, Map<String, Object> headers) {
  /**
   * The adapter passes the caller's address in this header, as an {@link InetAddress}: no caller can send this type.
   */
  static final String ADDRESS = "callerAddress";

  /** The adapter passes the {@link Executor} for waits in this header. */
  static final String WAITING = "waiting";

  private static final String ATTRIBUTE = "ce-";
  private static final Map<String, String> NAMES = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  static {
    for (String name : new String[]{"Content-Type", "Cookie", "Idempotency-Key", "If-Match", "If-None-Match",
        "Origin", "traceparent", "tracestate", "Last-Event-ID"}) {
      NAMES.put(name, name);
    }
  }

  static <I> Inbound<I> of(Message<I> message) {
    Map<String, Object> headers = new HashMap<>();
    message.getHeaders().forEach((spelled, value) -> {
      String name = NAMES.get(spelled);
      if (name != null && value instanceof String && headers.put(name, value) != null) {
        throw new InvalidRequest("", "has a header field twice");
      }
    });
    if (message.getHeaders().get(ADDRESS) instanceof InetAddress address) {
      headers.put(ADDRESS, address);
    }
    if (message.getHeaders().get(WAITING) instanceof Executor waiting) {
      headers.put(WAITING, waiting);
    }
    return new Inbound<>(message.getPayload(), headers);
  }

  /** For functions whose callers have an access token: none of them reads the refresh token that a cookie may hold. */
  Inbound<I> withoutCookie() {
    headers.remove("Cookie");
    return this;
  }

  /** The attributes of the event that a message is (CloudEvents 1.0 §3), as headers with the prefix {@code ce-}. */
  static Map<String, Object> attributes(Message<?> message) {
    Map<String, Object> attributes = new HashMap<>();
    message.getHeaders().forEach((spelled, value) -> {
      String name = spelled.toLowerCase(Locale.ROOT);
      if (name.startsWith(ATTRIBUTE) && value instanceof String) {
        attributes.put(name, value);
      }
    });
    return attributes;
  }

  /** The message for the function, with headers that the guard adds. */
  Message<I> with(Map<String, Object> own) {
    Map<String, Object> all = new HashMap<>(headers);
    all.putAll(own);
    return new GenericMessage<>(payload, all);
  }
}
