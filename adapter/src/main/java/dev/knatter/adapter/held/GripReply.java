package dev.knatter.adapter.held;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.knatter.adapter.json.Json;
import dev.knatter.adapter.stream.Close;
import dev.knatter.adapter.stream.Farewell;
import dev.knatter.adapter.stream.Frame;
import dev.knatter.adapter.stream.StreamAnswer;

/**
 * The events that answer a proxy. A text that begins with {@code c:} tells the proxy itself something, and one that begins with
 * {@code m:} is for the client, without these two letters: so nothing that a function writes is taken for a control message.
 */
final class GripReply {
  /** Pushpin takes a million bytes and breaks the connection above that. */
  private static final int MAX_BYTES = 900_000;
  private static final Json JSON = new Json();

  private final Farewell tooLarge;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private boolean closed;

  /** @param tooLarge where the frames are too many for one reply: the client begins again */
  GripReply(Farewell tooLarge) {
    this.tooLarge = tooLarge;
  }

  boolean closed() {
    return closed;
  }

  byte[] body() {
    return body.toByteArray();
  }

  void event(WebSocketEvent event) {
    event.writeTo(body);
  }

  /** Has the proxy send pongs: a client answers a ping, and its answer would wake the function (RFC 6455 §5.5.3). */
  void keepAlive(Duration silence) {
    control(Map.of("type", "keep-alive", "message-type", "pong", "content", "k", "mode", "idle", "timeout",
        silence.toSeconds()));
  }

  void answer(StreamAnswer answer) {
    answer.unsubscribe().forEach(channel -> control(Map.of("type", "unsubscribe", "channel", channel)));
    answer.subscribe().forEach(channel -> control(Map.of("type", "subscribe", "channel", channel)));
    List<byte[]> texts = answer.frames().stream().map(GripReply::text).toList();
    if (body.size() + texts.stream().mapToLong(text -> text.length).sum() > MAX_BYTES) {
      event(new WebSocketEvent("TEXT", text(tooLarge.frame())));
      close(tooLarge.close());
      return;
    }
    texts.forEach(text -> event(new WebSocketEvent("TEXT", text)));
    if (answer.close() != null) {
      close(answer.close());
    }
  }

  private static byte[] text(Frame frame) {
    return ("m:" + frame.text()).getBytes(UTF_8);
  }

  private void control(Map<String, Object> message) {
    byte[] object = JSON.write(message);
    event(new WebSocketEvent("TEXT", ByteBuffer.allocate(2 + object.length)
      .put((byte) 'c')
      .put((byte) ':')
      .put(object)
      .array()));
  }

  void close(Close close) {
    close(close.code(), close.reason());
  }

  /** RFC 6455 §5.5.1: the code in two bytes, then the reason. */
  void close(int code, String reason) {
    byte[] words = reason.getBytes(UTF_8);
    event(new WebSocketEvent("CLOSE",
        ByteBuffer.allocate(2 + words.length).putShort((short) code).put(words).array()));
    closed = true;
  }
}
