package dev.knatter.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipelineException;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;

/** Says what Netty does with handlers: what reaches whom, and which may be in two places. */
public final class Handlers implements Callable<List<String>> {
  private final List<String> seen = new ArrayList<>();

  @Override
  public List<String> call() {
    EmbeddedChannel channel = new EmbeddedChannel(new Writes(), new Idle(), new Reads(), new Sharable(),
        new Sharable(),
        new Fails(), new Idle(), new Catches());
    channel.writeInbound("in");
    channel.writeOutbound("out");
    channel.pipeline().fireUserEventTriggered("event");
    channel.finishAndReleaseAll();
    twice(new Sharable());
    twice(new SharableToo());
    twice(new Idle());
    return seen;
  }

  private void twice(ChannelHandler handler) {
    try {
      new EmbeddedChannel(handler, handler).finishAndReleaseAll();
      seen.add(handler.getClass().getSimpleName() + " twice");
    } catch (ChannelPipelineException e) {
      seen.add(handler.getClass().getSimpleName() + " once");
    }
  }

  /** Overrides nothing. */
  private static final class Idle extends ChannelDuplexHandler {}

  @ChannelHandler.Sharable
  private static class Sharable extends ChannelInboundHandlerAdapter {}

  private static final class SharableToo extends Sharable {}

  private final class Writes extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      seen.add("written " + message);
      var _ = context.write(message, promise);
    }
  }

  private final class Reads extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      seen.add("read " + message);
      context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      seen.add("inactive");
      context.fireChannelInactive();
    }
  }

  private static final class Fails extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      throw new IllegalStateException("failed at " + event);
    }
  }

  private final class Catches extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      seen.add("caught " + cause.getMessage());
    }
  }
}
