package dev.knatter.adapter.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.knatter.adapter.json.Json;

/**
 * Publications as a GRIP proxy takes them: each with a format for WebSockets and one for event streams
 * (<a href="https://pushpin.org/docs/protocols/grip/">GRIP</a>, HTTP publishing).
 */
final class GripItems {
  /** Pushpin's control port takes a million bytes ({@code push_in_http_max_body_size}). */
  private static final int MAX_BODY = 900_000;
  private static final Json JSON = new Json();
  private static final byte[] START = "{\"items\":[".getBytes(UTF_8);
  private static final byte[] END = "]}".getBytes(UTF_8);

  private final List<byte[]> bodies = new ArrayList<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  private GripItems() {}

  /** As few bodies as take all items, in their order. */
  static List<byte[]> bodies(List<GripPublisher.Item> items) {
    GripItems all = new GripItems();
    items.forEach(all::add);
    all.endBody();
    return all.bodies;
  }

  private void add(GripPublisher.Item item) {
    switch (item.publication()) {
      case Publication.Frames frames -> frames.frames().forEach(frame -> send(item.channel(), frame));
      case Publication.End end -> {
        end.frames().forEach(frame -> send(item.channel(), frame));
        add(item.channel(), Map.of("action", "close"),
            Map.of("action", "close", "code", end.close().code(), "reason", end.close().reason()));
      }
      case Publication.Wake _ -> throw new IllegalArgumentException("No proxy can wake a function");
    }
  }

  private void send(String channel, Frame frame) {
    add(channel, Map.of("content", EventStreamFormat.of(frame)), Map.of("content", frame.text()));
  }

  private void add(String channel, Map<String, Object> eventStream, Map<String, Object> webSocket) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("channel", channel);
    item.put("formats", Map.of("http-stream", eventStream, "ws-message", webSocket));
    byte[] bytes = JSON.write(item);
    if (body.size() > 0 && body.size() + bytes.length > MAX_BODY) {
      endBody();
    }
    body.writeBytes(body.size() == 0 ? START : new byte[]{','});
    body.writeBytes(bytes);
  }

  private void endBody() {
    if (body.size() > 0) {
      body.writeBytes(END);
      bodies.add(body.toByteArray());
      body.reset();
    }
  }
}
