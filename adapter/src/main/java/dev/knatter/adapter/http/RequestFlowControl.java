package dev.knatter.adapter.http;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;

/**
 * Passes one message on for each {@code read()}, however many arrive together, so that pipelined requests are answered one
 * after the other. Netty's own FlowControlHandler does not do: it forgets a read when the decoder needs more than one
 * packet for a message, and when a connection ends it logs the messages that it holds, with their tokens.
 */
final class RequestFlowControl extends ChannelDuplexHandler {
  private final Queue<Object> waiting = new ArrayDeque<>();
  private boolean wanted;

  /** Whether the client has sent more than was asked for. */
  boolean isAhead() {
    return !waiting.isEmpty();
  }

  @Override
  public void read(ChannelHandlerContext ctx) {
    wanted = true;
    if (waiting.isEmpty()) {
      ctx.read();
    } else {
      passOneOn(ctx);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    waiting.add(message);
    if (wanted) {
      passOneOn(ctx);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (wanted) {
      ctx.read();
    }
  }

  private void passOneOn(ChannelHandlerContext ctx) {
    wanted = false;
    ctx.fireChannelRead(waiting.remove());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    drop();
    ctx.fireChannelInactive();
  }

  /** From now on every message passes. Those that waited are dropped. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    drop();
  }

  private void drop() {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }
}
