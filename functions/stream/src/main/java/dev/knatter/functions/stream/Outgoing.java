package dev.knatter.functions.stream;

import java.nio.charset.StandardCharsets;

import dev.knatter.adapter.stream.Close;
import dev.knatter.adapter.stream.Farewell;
import dev.knatter.adapter.stream.Frame;
import dev.knatter.adapter.stream.StreamAnswer;
import dev.knatter.chat.live.LiveFrame;
import dev.knatter.chat.live.LiveFrame.Bye;
import dev.knatter.publishing.Live;
import org.jspecify.annotations.Nullable;

/** Writes frames for the adapter. */
final class Outgoing {
  private static final LiveFrame.Writer WRITER = Live.writer();

  private Outgoing() {}

  static byte[] json(LiveFrame frame) {
    return WRITER.write(frame);
  }

  static Frame frame(LiveFrame frame) {
    return frame(json(frame), null);
  }

  /** @param cursor by which Server-Sent Events resume; null for none */
  static Frame frame(byte[] json, @Nullable String cursor) {
    return Frame.of(new String(json, StandardCharsets.UTF_8), cursor);
  }

  /** The last frame of a connection, and its end. */
  static StreamAnswer end(Bye bye) {
    return StreamAnswer.of(frame(bye)).thenClose(Close.NORMAL);
  }

  static Farewell farewell(Bye bye, Close close) {
    return new Farewell(frame(bye), close);
  }
}
