package dev.knatter.adapter.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.concurrent.ImmediateEventExecutor;
import org.jspecify.annotations.Nullable;

/** An HTTP server. It has one event loop thread, and stops gracefully. */
public final class HttpServer implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final int MIN_READ = 64;
  private static final int FIRST_READ = 2 * 1024;
  /** A read may hold a thousand tiny frames of a WebSocket, and all of them wait until the first one is answered. */
  private static final int MAX_READ = 8 * 1024;

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);
  private final ServerLimits limits;
  private final RequestHandler handler;
  private final Capacity capacity;
  private final Channel acceptor;
  private final int port;
  private volatile boolean stopping;

  /** @throws UncheckedIOException naming the address when it cannot be bound */
  public HttpServer(@Nullable String host, int port, ServerLimits limits, Capacity capacity,
      RequestHandler handler) {
    this.limits = limits;
    this.handler = handler;
    this.capacity = capacity;
    ServerBootstrap bootstrap = new ServerBootstrap().group(loop)
      .channel(NioServerSocketChannel.class)
      .option(ChannelOption.SO_BACKLOG, BACKLOG)
      .option(ChannelOption.SO_REUSEADDR, true)
      .childOption(ChannelOption.AUTO_READ, false)
      .childOption(ChannelOption.RECVBUF_ALLOCATOR,
          new AdaptiveRecvByteBufAllocator(MIN_READ, FIRST_READ, MAX_READ))
      .childOption(ChannelOption.TCP_NODELAY, true)
      .childHandler(new ChannelInitializer<SocketChannel>() {
        @Override
        protected void initChannel(SocketChannel channel) {
          open(channel);
        }
      });
    InetSocketAddress address = host == null
        ? new InetSocketAddress(port)
        : new InetSocketAddress(host, port);
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw new UncheckedIOException("Cannot listen on " + address, new IOException(bound.cause()));
    }
    acceptor = bound.channel();
    this.port = ((InetSocketAddress) acceptor.localAddress()).getPort();
  }

  public int port() {
    return port;
  }

  boolean stopping() {
    return stopping;
  }

  private void open(SocketChannel channel) {
    connections.add(channel);
    Connection connection = new Connection(this, limits, handler, capacity);
    channel.pipeline()
      .addLast(new RequestDecoder(connection::bytesArrived), new HttpResponseEncoder(),
          new RequestFlowControl(), connection);
  }

  /** Stops accepting, lets running work finish for as long as the bounds say, then closes everything. */
  @Override
  public void close() {
    if (stopping) {
      return;
    }
    stopping = true;
    acceptor.close().syncUninterruptibly();
    connections.forEach(channel -> channel.pipeline().fireUserEventTriggered(new Connection.Stop()));
    connections.newCloseFuture().awaitUninterruptibly(limits.stop().toMillis());
    connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
