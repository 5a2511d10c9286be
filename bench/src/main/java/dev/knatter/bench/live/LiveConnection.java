package dev.knatter.bench.live;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/** A reader's WebSocket: it catches up after {@code hello}, and then takes what it is told. */
final class LiveConnection extends SimpleChannelInboundHandler<WebSocketFrame> {
  private final LiveReader reader;
  private final Listener listener;
  private boolean caughtUp;
  private String lastWords = "";

  /** Is told on the thread of the connections. */
  interface Listener {
    /** The reader has read all that it had missed. Called once. */
    void caughtUp();

    /** A message has come for the first time. */
    void received(long nanos);

    /**
     * The connection has ended.
     *
     * @param early     whether that was before {@link #caughtUp}
     * @param lastWords the last {@code bye} or {@code error}, the close code, or why it failed; empty if nothing was said
     */
    void ended(boolean early, String lastWords);
  }

  LiveConnection(LiveReader reader, Listener listener) {
    this.reader = reader;
    this.listener = listener;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    long now = System.nanoTime();
    if (frame instanceof TextWebSocketFrame text) {
      take(context, text.text(), now);
    } else if (frame instanceof CloseWebSocketFrame close) {
      lastWords += " (closed: %d %s)".formatted(close.statusCode(), close.reasonText());
      var _ = context.close();
    }
  }

  private void take(ChannelHandlerContext context, String text, long now) {
    switch (FrameText.type(text)) {
      case "message" -> {
        if (reader.received(FrameText.messageId(text), now)) {
          listener.received(now);
        }
      }
      case "hello" -> sync(context);
      case "sync" -> {
        reader.cursor(FrameText.cursor(text));
        if (FrameText.hasMore(text)) {
          sync(context);
        } else if (!caughtUp) {
          caughtUp = true;
          listener.caughtUp();
        }
      }
      case "bye", "error" -> lastWords = text;
      default -> {
        // Hints about conversations and people: nothing is measured of them.
      }
    }
  }

  private void sync(ChannelHandlerContext context) {
    var _ = context.writeAndFlush(new TextWebSocketFrame(FrameText.sync(reader.cursor())));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    lastWords = cause.toString();
    var _ = context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    listener.ended(!caughtUp, lastWords);
  }
}
