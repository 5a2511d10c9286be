package dev.knatter.adapter.held;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

import dev.knatter.adapter.stream.EventStreamFormat;
import dev.knatter.adapter.stream.Frame;
import dev.knatter.adapter.stream.StreamEvent.Kind;

/** Frames as a connection's client gets them. */
final class FrameEncoder {
  private FrameEncoder() {}

  static byte[] encode(Kind kind, Frame frame) {
    return switch (kind) {
      case WEBSOCKET -> frame.text().getBytes(UTF_8);
      case SSE -> EventStreamFormat.of(frame).getBytes(UTF_8);
    };
  }

  static List<byte[]> encode(Kind kind, List<Frame> frames) {
    return frames.stream().map(frame -> encode(kind, frame)).toList();
  }
}
