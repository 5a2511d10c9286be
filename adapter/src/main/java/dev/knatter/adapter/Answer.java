package dev.knatter.adapter;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

import dev.knatter.adapter.http.Response;
import dev.knatter.adapter.json.Json;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

/**
 * Makes the HTTP response of a function's answer: from its status, its type, its payload, and those headers that HTTP
 * may see.
 */
final class Answer {
  /** No other header reaches HTTP: other adapters copy the caller's own headers into the message. */
  static final List<String> HEADERS = List.of("Retry-After", "WWW-Authenticate", "Idempotency-Replayed",
      "ETag",
      "Location", "Cache-Control", "RateLimit", "RateLimit-Policy");
  /** For the browser itself: no script of another origin has to read them. */
  private static final List<String> BROWSER_HEADERS = List.of("Set-Cookie", "Content-Security-Policy",
      "Cross-Origin-Opener-Policy", "Permissions-Policy", "Referrer-Policy");
  /** The first status of an answer that is no success. */
  static final int FIRST_FAILURE = 300;
  private static final int OK = 200;

  private final Json json;

  Answer(Json json) {
    this.json = json;
  }

  static int status(Message<?> message) {
    Object status = message.getHeaders().getOrDefault("statusCode", OK);
    if (status instanceof Integer code && code >= OK && code < 600) {
      return code;
    }
    throw new IllegalStateException("The function's statusCode is not an int from 200 to 599");
  }

  Response of(Message<?> message) {
    int status = status(message);
    Response response = message.getPayload() instanceof Iterator<?> lines
        ? Response.streaming(status, type(message, MediaTypes.LINES), parts(lines))
        : whole(message, status);
    for (List<String> names : List.of(HEADERS, BROWSER_HEADERS)) {
      for (String name : names) {
        response = response.with(name, value(message.getHeaders(), name));
      }
    }
    return response;
  }

  private Response whole(Message<?> message, int status) {
    byte[] body = body(message.getPayload());
    boolean empty = body.length == 0 || status == 204 || status == 304;
    return empty ? Response.of(status) : Response.of(status, type(message, MediaTypes.JSON), body);
  }

  private static String type(Message<?> message, String otherwise) {
    return message.getHeaders().getOrDefault(MessageHeaders.CONTENT_TYPE, otherwise).toString();
  }

  /** Each element of {@code lines} is a collection, and each element of that is written as a line. */
  private Iterator<byte[]> parts(Iterator<?> lines) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return lines.hasNext();
      }

      @Override
      public byte[] next() {
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        for (Object line : (Collection<?>) lines.next()) {
          part.writeBytes(json.write(line));
          part.write('\n');
        }
        return part.toByteArray();
      }
    };
  }

  private static @Nullable String value(MessageHeaders headers, String name) {
    Object value = headers.get(name);
    if (value == null) {
      value = headers.get(name.toLowerCase(Locale.ROOT));
    }
    return value == null ? null : value.toString();
  }

  private byte[] body(Object payload) {
    if (payload instanceof byte[] bytes) {
      return bytes;
    }
    return payload instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : json.write(payload);
  }
}
