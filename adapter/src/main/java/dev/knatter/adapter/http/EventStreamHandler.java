package dev.knatter.adapter.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/** A body that goes on until the connection is ended. What its client sends meanwhile is dropped. */
final class EventStreamHandler extends HeldHandler {
  /** A comment (WHATWG HTML §9.2.7): proxies do not cut the connection, and a client that is gone is noticed. */
  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
  /** A client that sends more than this is not one of an event stream. */
  private static final int MAX_DROPPED = 64 * 1024;

  private int dropped;

  EventStreamHandler(Channel channel, Hold hold, Capacity capacity, Duration patience) {
    super(channel, hold, capacity, patience);
  }

  @Override
  Object message(byte[] utf8) {
    return new DefaultHttpContent(Unpooled.wrappedBuffer(utf8));
  }

  @Override
  void writeKeepAlive() {
    if (!offer(COMMENT)) {
      listener().slow();
    }
  }

  @Override
  boolean expectsSignsOfLife() {
    return false;
  }

  @Override
  void writeEnd(int code, String reason) {
    finish(channel().writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
  }

  /** There is nothing to read. */
  @Override
  public void readNext() {}

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf bytes) {
      dropped += bytes.readableBytes();
    }
    ReferenceCountUtil.release(message);
    if (dropped > MAX_DROPPED) {
      var _ = ctx.close();
    }
  }

  /** The client has reset the connection, or the like. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var _ = ctx.close();
  }
}
