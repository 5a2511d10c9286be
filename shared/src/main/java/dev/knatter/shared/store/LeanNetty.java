package dev.knatter.shared.store;

import static com.datastax.oss.driver.api.core.config.DefaultDriverOption.*;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.config.DriverOption;
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
 * The driver's threads, as its options say. Its own choice of them formats their names, and the first {@code String.format} of a process
 * loads what is known of languages and numbers: a fortieth of a cold start, in front of the connection.
 */
final class LeanNetty implements NettyOptions {
  private final DriverExecutionProfile options;
  private final String session;
  private final EventLoopGroup io;
  private final EventExecutorGroup admin;
  private final Timer timer;

  LeanNetty(InternalDriverContext context) {
    this.options = context.getConfig().getDefaultProfile();
    this.session = context.getSessionName();
    this.io = new MultiThreadIoEventLoopGroup(options.getInt(NETTY_IO_SIZE), threads("io"),
        NioIoHandler.newFactory());
    this.admin = new DefaultEventExecutorGroup(options.getInt(NETTY_ADMIN_SIZE), threads("admin"));
    HashedWheelTimer wheel = new HashedWheelTimer(threads("timer"),
        options.getDuration(NETTY_TIMER_TICK_DURATION).toNanos(), TimeUnit.NANOSECONDS,
        options.getInt(NETTY_TIMER_TICKS_PER_WHEEL));
    wheel.start(); // otherwise its first user would, and block
    this.timer = wheel;
  }

  /** Threads on which the driver refuses calls that block. */
  private ThreadFactory threads(String what) {
    ThreadFactory safe = new BlockingOperation.SafeThreadFactory();
    AtomicInteger next = new AtomicInteger();
    return task -> {
      Thread thread = safe.newThread(task);
      thread.setName(session + "-" + what + "-" + next.getAndIncrement());
      thread.setDaemon(options.getBoolean(NETTY_DAEMON)); // and not as the thread is that happens to start it
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
    Duration patience = options.getDuration(CONNECTION_CONNECT_TIMEOUT);
    bootstrap.option(ChannelOption.TCP_NODELAY, options.getBoolean(SOCKET_TCP_NODELAY))
      .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) patience.toMillis());
  }

  @Override
  public void afterChannelInitialized(Channel channel) {
    // There is nothing to add.
  }

  /** The admin thread ends last: those of the connections, and whoever closes the session, may still have something for it. */
  @Override
  public Future<Void> onClose() {
    DefaultPromise<Void> closed = new DefaultPromise<>(GlobalEventExecutor.INSTANCE);
    stop(io, NETTY_IO_SHUTDOWN_QUIET_PERIOD, NETTY_IO_SHUTDOWN_TIMEOUT, NETTY_IO_SHUTDOWN_UNIT)
      .addListener(_ -> PromiseCombiner.combine(closed,
          stop(admin, NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, NETTY_ADMIN_SHUTDOWN_TIMEOUT,
              NETTY_ADMIN_SHUTDOWN_UNIT)));
    closed.addListener(_ -> timer.stop());
    return closed;
  }

  private Future<?> stop(EventExecutorGroup group, DriverOption quiet, DriverOption timeout,
      DriverOption unit) {
    return group.shutdownGracefully(options.getInt(quiet), options.getInt(timeout),
        TimeUnit.valueOf(options.getString(unit)));
  }

  @Override
  public Timer getTimer() {
    return timer;
  }
}
