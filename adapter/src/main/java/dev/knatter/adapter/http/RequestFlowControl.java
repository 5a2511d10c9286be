package dev.knatter.adapter.http;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;

/**
 * Lets one message through for each {@code read()}, however many arrive together, so that pipelined requests are
 * answered one after the other. Netty's own FlowControlHandler forgets a read that took the decoder more than one
 * packet to satisfy, and logs what it holds, tokens included, when a connection ends.
 */
final class RequestFlowControl extends ChannelDuplexHandler {
  private final Queue<Object> waiting = new ArrayDeque<>();
  private boolean wanted;

  @Override
  public void read(ChannelHandlerContext ctx) {
    wanted = true;
    if (waiting.isEmpty()) {
      ctx.read();
    } else {
      letOneThrough(ctx);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    waiting.add(message);
    if (wanted) {
      letOneThrough(ctx);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (wanted) {
      ctx.read();
    }
  }

  private void letOneThrough(ChannelHandlerContext ctx) {
    wanted = false;
    ctx.fireChannelRead(waiting.remove());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    drop();
    ctx.fireChannelInactive();
  }

  /** From now on everything passes; what waited is of no interest any more. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    drop();
  }

  private void drop() {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }
}
