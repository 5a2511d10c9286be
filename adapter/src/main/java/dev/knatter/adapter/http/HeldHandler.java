package dev.knatter.adapter.http;

import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;

/**
 * A held connection, from the head of its answer to its end. It counts the bytes that wait for the client, keeps the connection
 * alive, and finds out when the client is gone or too slow.
 */
abstract class HeldHandler extends ChannelInboundHandlerAdapter implements HeldConnection {
  /** How long a client may take for its part of the end. */
  static final Duration CLOSING = Duration.ofSeconds(5);
  private static final Duration LINGER = Duration.ofSeconds(1);
  /** What a message needs besides its bytes: Netty's objects for it, and the frame's head. */
  private static final int OVERHEAD = 256;
  private static final int SILENT_TIMES = 3;

  private final Channel channel;
  private final Hold hold;
  private final Capacity capacity;
  private final Duration patience;
  private final AtomicInteger waiting = new AtomicInteger();
  /** Set once, on the event loop: what others write from then on goes nowhere. */
  private volatile boolean ended;
  /** The listener can end the connection only when it has been told that it is open. */
  private boolean opened;
  private boolean endsWhenOpened;
  private boolean endingTold;
  private boolean closedTold;
  private final Timeout keepAlive = new Timeout();
  private final Timeout age = new Timeout();
  private final Timeout closing = new Timeout();
  private long heard = System.nanoTime();
  /** How many messages the client has taken: all of them, those at the last check, and what waited then. */
  private long taken;
  private long takenBefore;
  private int waitingBefore;

  /** @param patience how long a client may take to take one message */
  HeldHandler(Channel channel, Hold hold, Capacity capacity, Duration patience) {
    this.channel = channel;
    this.hold = hold;
    this.capacity = capacity;
    this.patience = patience;
  }

  /** Called when the head is written. */
  final void open(boolean stopping) {
    keepAlive.set(channel.eventLoop(), hold.keepAlive(), this::check);
    age.set(channel.eventLoop(), hold.age(), () -> tellEnding(/* stops= */ false));
    opened = true;
    hold.listener().opened(this);
    if (stopping || endsWhenOpened) {
      tellEnding(/* stops= */ true);
    }
  }

  /** Makes a message of the protocol. */
  abstract Object message(byte[] utf8);

  /** Writes whatever keeps the connection alive. Its answer, if it has one, counts as a sign of life. */
  abstract void writeKeepAlive();

  /** Writes the last message of the protocol and waits for the client's part of the end. */
  abstract void writeEnd(int code, String reason);

  /** Whether a client that is there sends something from time to time. */
  abstract boolean expectsSignsOfLife();

  final HoldListener listener() {
    return hold.listener();
  }

  final Channel channel() {
    return channel;
  }

  final boolean ended() {
    return ended;
  }

  final void heard() {
    heard = System.nanoTime();
  }

  @Override
  public final boolean offer(byte[] utf8) {
    int size = utf8.length + OVERHEAD;
    // A client that has taken everything gets the next message whatever its size, and however many others are slow.
    int before = waiting.getAndAdd(size);
    if (before > 0 && (before + size > hold.maxWaiting() || !capacity.mayWait())) {
      waiting.addAndGet(-size);
      return false;
    }
    var _ = write(utf8, size);
    return true;
  }

  @Override
  public final boolean put(byte[] utf8) {
    if (!channel.isActive()) {
      return true;
    }
    int size = utf8.length + OVERHEAD;
    waiting.addAndGet(size);
    return write(utf8, size).awaitUninterruptibly(patience.toMillis());
  }

  private ChannelFuture write(byte[] utf8, int size) {
    ChannelPromise written = channel.newPromise();
    capacity.addWaiting(size);
    var _ = written.addListener(_ -> {
      waiting.addAndGet(-size);
      capacity.addWaiting(-size);
      taken++;
    });
    onLoop(() -> {
      if (ended) {
        written.setFailure(new ClosedChannelException());
      } else {
        var _ = channel.writeAndFlush(message(utf8), written);
      }
    });
    return written;
  }

  /** What runs there after the end of the connection writes nothing more. */
  final void onLoop(Runnable task) {
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      // The server has stopped, and with it all its connections have ended.
    }
  }

  @Override
  public final void end(List<byte[]> last, int code, String reason) {
    onLoop(() -> endNow(last, code, reason));
  }

  final void endNow(List<byte[]> last, int code, String reason) {
    if (ended) {
      return;
    }
    ended = true;
    last.forEach(utf8 -> {
      var _ = channel.write(message(utf8));
    });
    closeAfter(CLOSING);
    writeEnd(code, reason);
    tellClosed();
  }

  /** Ends the output: what the client gets after the last byte is the end. Then its own end is awaited for a short time. */
  final void finish(ChannelFuture last) {
    ended = true;
    closeAfter(CLOSING);
    var _ = last.addListener((ChannelFutureListener) done -> {
      if (done.isSuccess() && channel.isActive()) {
        var _ = ((DuplexChannel) channel).shutdownOutput();
        closeAfter(LINGER);
      } else {
        var _ = channel.close();
      }
    });
  }

  private void closeAfter(Duration time) {
    closing.set(channel.eventLoop(), time, () -> {
      var _ = channel.close();
    });
  }

  private void check() {
    if (ended) {
      return;
    }
    keepAlive.set(channel.eventLoop(), hold.keepAlive(), this::check);
    // What was written just now may not have been sent yet, so a client is slow only if it was so for a whole interval.
    boolean stuck = waiting.get() > 0 && waitingBefore > 0 && taken == takenBefore;
    takenBefore = taken;
    waitingBefore = waiting.get();
    if (stuck) {
      hold.listener().slow();
    } else if (expectsSignsOfLife()
        && System.nanoTime() - heard > SILENT_TIMES * hold.keepAlive().toNanos()) {
      var _ = channel.close();
    } else {
      writeKeepAlive();
    }
  }

  private void tellEnding(boolean stops) {
    if (!opened) {
      endsWhenOpened = true;
    } else if (!endingTold && !ended) {
      endingTold = true;
      hold.listener().ending(stops);
    }
  }

  @Override
  public final void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Connection.Stop) {
      tellEnding(/* stops= */ true);
    }
  }

  @Override
  public final void channelInactive(ChannelHandlerContext ctx) {
    ended = true;
    tellClosed();
    keepAlive.cancel();
    age.cancel();
    closing.cancel();
  }

  /** The listener is told once, as soon as no message can come or go any more. */
  final void tellClosed() {
    if (!closedTold) {
      closedTold = true;
      hold.listener().closed();
    }
  }
}
