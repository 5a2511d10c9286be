package dev.knatter.guard;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;

import dev.knatter.shared.DomainError.InvalidRequest;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * What of a caller's message reaches a function: the payload, and those headers that functions have a use for. Their
 * names are matched without regard to case, since adapters spell them as the caller or the protocol does, and are
 * handed on as they are written here. The token is not among them: what nobody has, nobody logs. Where the caller is
 * comes from the adapter alone.
 */
record Inbound<I>(I payload, Map<String, Object> headers) {
  /** How an adapter tells a caller's address: as a type that it makes of no header that a caller sent. */
  static final String ADDRESS = "callerAddress";

  /** How an adapter tells what a function may wait in: as a type, like the address. */
  static final String WAITING = "waiting";

  private static final Map<String, String> NAMES = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  static {
    for (String name : new String[]{"Idempotency-Key", "If-Match", "If-None-Match", "traceparent",
        "tracestate",
        "Last-Event-ID"}) {
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

  /** The message for the function, with what the guard itself has to say. */
  Message<I> with(Map<String, Object> own) {
    Map<String, Object> all = new HashMap<>(headers);
    all.putAll(own);
    return new GenericMessage<>(payload, all);
  }
}
