package dev.knatter.core.store;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.internal.core.context.InternalDriverContext;
import com.datastax.oss.driver.internal.core.context.NettyOptions;
import com.datastax.oss.driver.internal.core.util.concurrent.BlockingOperation;
import com.datastax.oss.driver.internal.core.util.concurrent.PromiseCombiner;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;

/**
 * The driver's three threads. Its own choice of them formats their names, and the first {@code String.format} of a process
 * loads what is known of languages and numbers: a fortieth of a cold start, in front of the connection.
 */
final class LeanNetty implements NettyOptions {
  private static final int TICKS = 2_048;
  private static final long SHUTDOWN_SECONDS = 15;

  private final DriverExecutionProfile options;
  private final EventLoopGroup io;
  private final EventExecutorGroup admin;
  private final Timer timer;

  LeanNetty(InternalDriverContext context) {
    this.options = context.getConfig().getDefaultProfile();
    this.io = new MultiThreadIoEventLoopGroup(1, named(context, "io"), NioIoHandler.newFactory());
    this.admin = new DefaultEventExecutorGroup(1, named(context, "admin"));
    HashedWheelTimer wheel = new HashedWheelTimer(named(context, "timer"),
        options.getDuration(DefaultDriverOption.NETTY_TIMER_TICK_DURATION).toNanos(), TimeUnit.NANOSECONDS,
        TICKS);
    wheel.start(); // otherwise its first user would, and block
    this.timer = wheel;
  }

  /** Threads on which the driver refuses calls that block. */
  private static ThreadFactory named(InternalDriverContext context, String what) {
    ThreadFactory threads = new BlockingOperation.SafeThreadFactory();
    return task -> {
      Thread thread = threads.newThread(task);
      thread.setName(context.getSessionName() + "-" + what);
      return thread;
    };
  }

  @Override
  public EventLoopGroup ioEventLoopGroup() {
    return io;
  }

  @Override
  public Class<? extends Channel> channelClass() {
    return NioSocketChannel.class;
  }

  @Override
  public EventExecutorGroup adminEventExecutorGroup() {
    return admin;
  }

  @Override
  public ByteBufAllocator allocator() {
    return ByteBufAllocator.DEFAULT;
  }

  @Override
  public void afterBootstrapInitialized(Bootstrap bootstrap) {
    Duration patience = options.getDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT);
    bootstrap.option(ChannelOption.TCP_NODELAY, true)
      .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) patience.toMillis());
  }

  @Override
  public void afterChannelInitialized(Channel channel) {
    // There is nothing to add.
  }

  @Override
  public Future<Void> onClose() {
    DefaultPromise<Void> closed = new DefaultPromise<>(GlobalEventExecutor.INSTANCE);
    GlobalEventExecutor.INSTANCE.execute(() -> PromiseCombiner.combine(closed, stop(admin), stop(io)));
    closed.addListener(_ -> timer.stop());
    return closed;
  }

  private static Future<?> stop(EventExecutorGroup group) {
    return group.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public Timer getTimer() {
    return timer;
  }
}
