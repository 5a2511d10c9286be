package dev.knatter.adapter.held;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An event of the body type {@code application/websocket-events}
 * (<a href="https://pushpin.org/docs/protocols/websocket-over-http/">WebSocket-over-HTTP</a>): its type, and where it has content,
 * a space, the length in hexadecimal digits, CRLF and the content; then CRLF.
 *
 * @param content null where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // no code compares events
public record WebSocketEvent(String type, byte @Nullable [] content) {
  public static final String MEDIA_TYPE = "application/websocket-events";
  private static final int MAX_HEAD = 32;

  static WebSocketEvent of(String type) {
    return new WebSocketEvent(type, null);
  }

  /** Null where the body is not of that type. */
  public static @Nullable List<WebSocketEvent> decode(byte[] body) {
    List<WebSocketEvent> events = new ArrayList<>();
    int at = 0;
    while (at < body.length) {
      int end = lineEnd(body, at);
      if (end < 0) {
        return null;
      }
      String head = new String(body, at, end - at, StandardCharsets.US_ASCII);
      at = end + 2;
      int space = head.indexOf(' ');
      if (space < 0) {
        events.add(of(head));
        continue;
      }
      int length = length(head.substring(space + 1));
      if (length < 0 || length > body.length - at - 2 || body[at + length] != '\r'
          || body[at + length + 1] != '\n') {
        return null;
      }
      events.add(new WebSocketEvent(head.substring(0, space), Arrays.copyOfRange(body, at, at + length)));
      at += length + 2;
    }
    return events;
  }

  private static int lineEnd(byte[] body, int from) {
    for (int i = from; i < body.length - 1 && i <= from + MAX_HEAD; i++) {
      if (body[i] == '\r' && body[i + 1] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static int length(String hex) {
    try {
      return hex.isEmpty() || hex.charAt(0) == '+' ? -1 : Integer.parseInt(hex, 16);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  void writeTo(ByteArrayOutputStream body) {
    if (content == null) {
      write(body, type);
    } else {
      write(body, type + ' ' + Integer.toHexString(content.length));
      body.writeBytes(content);
      write(body, "");
    }
  }

  private static void write(ByteArrayOutputStream body, String line) {
    body.writeBytes((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }
}
