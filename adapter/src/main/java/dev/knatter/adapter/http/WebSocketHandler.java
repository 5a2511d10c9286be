package dev.knatter.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket (RFC 6455) whose frames Netty has decoded and checked. It reads one frame after the other, so it puts fragments
 * together itself: Netty's aggregator reads on by itself until a message is whole, also while nobody wants one.
 */
final class WebSocketHandler extends HeldHandler {
  private final int maxMessage;
  private @Nullable ByteArrayOutputStream fragments;
  private boolean failed;

  WebSocketHandler(Channel channel, Hold hold, Capacity capacity, Duration patience) {
    super(channel, hold, capacity, patience);
    maxMessage = hold.maxMessage();
  }

  @Override
  Object message(byte[] utf8) {
    return new TextWebSocketFrame(Unpooled.wrappedBuffer(utf8));
  }

  @Override
  void writeKeepAlive() {
    var _ = channel().writeAndFlush(new PingWebSocketFrame());
  }

  @Override
  boolean expectsSignsOfLife() {
    return true;
  }

  /** The client's own close is awaited (§7.1.1); after a failure it could not be read. */
  @Override
  void writeEnd(int code, String reason) {
    ChannelFuture written = channel().writeAndFlush(new CloseWebSocketFrame(code, reason));
    Handover.drain(channel());
    if (failed) {
      finish(written);
    }
  }

  @Override
  public void readNext() {
    onLoop(() -> {
      heard(); // nothing was read meanwhile
      readOn();
    });
  }

  /** On a fresh stack, because frames that are decoded already would fill this one. */
  private void readOn() {
    onLoop(() -> {
      if (!ended()) {
        var _ = channel().read();
      }
    });
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof CloseWebSocketFrame close) {
        onClose(close);
      } else if (message instanceof WebSocketFrame frame && !ended()) {
        heard();
        onFrame(frame);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void onFrame(WebSocketFrame frame) {
    switch (frame) {
      case TextWebSocketFrame _,ContinuationWebSocketFrame _ -> onPart(frame);
      // A client that sends pings and takes no pongs is read no further.
      case PingWebSocketFrame ping -> {
        var _ = channel().writeAndFlush(new PongWebSocketFrame(ping.content().retain()))
          .addListener(_ -> readOn());
      }
      case PongWebSocketFrame _ -> readOn();
      default -> fail(WebSocketCloseStatus.INVALID_MESSAGE_TYPE); // binary
    }
  }

  private void onPart(WebSocketFrame frame) {
    ByteBuf content = frame.content();
    if (frame.isFinalFragment() && fragments == null) {
      listener().text(content.toString(UTF_8));
      return;
    }
    ByteArrayOutputStream message = fragments == null ? new ByteArrayOutputStream() : fragments;
    fragments = message;
    if (message.size() + content.readableBytes() > maxMessage) {
      fail(WebSocketCloseStatus.MESSAGE_TOO_BIG);
      return;
    }
    message.writeBytes(ByteBufUtil.getBytes(content));
    if (frame.isFinalFragment()) {
      fragments = null;
      listener().text(message.toString(UTF_8));
    } else {
      readOn();
    }
  }

  /** §5.5.1: the answer to a close is a close with the same code. */
  private void onClose(CloseWebSocketFrame close) {
    if (ended()) {
      finish(channel().newSucceededFuture());
      return;
    }
    finish(channel().writeAndFlush(close.statusCode() < 0
        ? new CloseWebSocketFrame()
        : new CloseWebSocketFrame(close.statusCode(), "")));
    Handover.drain(channel());
    tellClosed();
  }

  private void fail(WebSocketCloseStatus status) {
    if (!ended()) {
      failed = true;
      endNow(List.of(), status.code(), "");
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException corrupted) {
      fail(corrupted.closeStatus());
    } else {
      var _ = ctx.close(); // the client has reset the connection, or the like
    }
  }
}
