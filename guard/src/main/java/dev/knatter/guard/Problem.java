package dev.knatter.guard;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** A builder of a problem document (RFC 9457) and its headers. */
final class Problem {
  private static final String PREFIX = "urn:knatter:problem:";

  private final Map<String, Object> body = new LinkedHashMap<>();
  private final Map<String, Object> headers = new HashMap<>();

  /** @param name the last part of the problem's type; it is part of the API and must not change */
  Problem(int status, String name, String title) {
    body.put("type", PREFIX + name);
    body.put("title", title);
    body.put("status", status);
    headers.put("statusCode", status);
    headers.put("contentType", "application/problem+json");
  }

  Problem member(String name, Object value) {
    body.put(name, value);
    return this;
  }

  Problem header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Message<?> message() {
    return new GenericMessage<>(body, headers);
  }
}
