package dev.knatter.bench.live;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;

/** The WebSockets of all readers, on one thread. */
final class LiveSockets implements AutoCloseable {
  private static final int STOP_SECONDS = 5;

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final ChannelGroup channels = new DefaultChannelGroup(loop.next());
  private final Bootstrap bootstrap = new Bootstrap().group(loop)
    .channel(NioSocketChannel.class)
    .option(ChannelOption.TCP_NODELAY, true)
    // A closed connection is reset. Otherwise its port would be taken for a minute, and there are too few of them.
    .option(ChannelOption.SO_LINGER, 0);
  private final AtomicLong received = new AtomicLong();
  private volatile long lastReceived;
  private volatile String lastWords = "";

  /**
   * Opens a connection for each reader, and returns when all have caught up.
   *
   * @throws IllegalStateException if they have not after five minutes
   */
  LiveOpening.Opened open(int port, List<LiveReader> readers) throws InterruptedException {
    return new LiveOpening(bootstrap, this, port, readers).run();
  }

  /** For connections: it is open. */
  ChannelGroup channels() {
    return channels;
  }

  /** For connections: a message has come for the first time. */
  void received(long nanos) {
    lastReceived = nanos;
    long _ = received.incrementAndGet();
  }

  /** For connections: one that had caught up has ended. */
  void ended(String words) {
    lastWords = words;
  }

  /** How many messages have come, each counted once for each reader. */
  long received() {
    return received.get();
  }

  /** When the last one came, by {@link System#nanoTime}. */
  long lastReceived() {
    return lastReceived;
  }

  /** How many are open. */
  int size() {
    return channels.size();
  }

  /** @throws IllegalStateException if some have ended: what was measured was something else */
  void requireOpen(int count) {
    if (size() != count) {
      throw new IllegalStateException(
          "%d of %d connections are left. The last one that ended said: %s"
            .formatted(size(), count, lastWords));
    }
  }

  /** Breaks all connections without a word, as a telephone does that loses its network. */
  void cut() throws InterruptedException {
    var _ = channels.close().await();
  }

  @Override
  public void close() {
    var _ = channels.close().awaitUninterruptibly();
    var _ = loop.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
