package dev.knatter.bench.live;

import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;

/** Opens many connections, {@value #AT_ONCE} at once. One that is refused is tried again a little later. */
final class LiveOpening {
  /** More only wait for each other, and for so long that a proxy gives some up. */
  static final int AT_ONCE = 64;

  private static final int PATIENCE_SECONDS = 300;
  private static final int ANSWER_BYTES = 16 * 1024;
  private static final int FRAME_BYTES = 256 * 1024;
  private static final int LEAST_PAUSE_MILLIS = 100;
  private static final int LONGEST_PAUSE_MILLIS = 500;

  private final Bootstrap bootstrap;
  private final LiveSockets sockets;
  private final int port;
  private final CompletableFuture<Long> done = new CompletableFuture<>();
  // What follows is used on the thread of the connections only.
  private final Deque<LiveReader> waiting;
  private int left;
  private int refused;
  private String lastWords = "";

  /**
   * What it took.
   *
   * @param seconds until the last reader had caught up
   * @param refused how many attempts failed
   */
  record Opened(double seconds, int refused) {}

  LiveOpening(Bootstrap bootstrap, LiveSockets sockets, int port, Collection<LiveReader> readers) {
    this.bootstrap = bootstrap;
    this.sockets = sockets;
    this.port = port;
    this.waiting = new ArrayDeque<>(readers);
    this.left = readers.size();
  }

  /** @throws IllegalStateException if not all have caught up after five minutes */
  Opened run() throws InterruptedException {
    long start = System.nanoTime();
    bootstrap.config().group().next().execute(() -> {
      for (int i = 0; i < AT_ONCE; i++) {
        next();
      }
    });
    try {
      long end = done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return new Opened((end - start) / 1e9, refused); // which nobody changes any more
    } catch (TimeoutException e) {
      done.cancel(/* mayInterruptIfRunning= */ false); // or attempts would go on beside what is measured next
      throw new IllegalStateException("Not all connections are open after %d s. The last that failed: %s"
        .formatted(PATIENCE_SECONDS, lastWords), e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void next() {
    LiveReader reader = waiting.poll();
    if (reader != null) {
      connect(reader);
    }
  }

  private void connect(LiveReader reader) {
    if (done.isDone()) {
      return;
    }
    var _ = bootstrap.clone()
      .handler(new Pipeline(reader))
      .connect(InetAddress.getLoopbackAddress(), port)
      .addListener(connected -> {
        if (!connected.isSuccess()) {
          failed(reader, connected.cause().toString());
        }
      });
  }

  private void failed(LiveReader reader, String words) {
    refused++;
    lastWords = words;
    int pause = ThreadLocalRandom.current().nextInt(LEAST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
    var _ = bootstrap.config()
      .group()
      .next()
      .schedule(() -> connect(reader), pause, TimeUnit.MILLISECONDS);
  }

  private void caughtUp() {
    left--;
    if (left == 0) {
      done.complete(System.nanoTime());
    } else {
      next();
    }
  }

  private final class Pipeline extends ChannelInitializer<Channel> {
    private final LiveReader reader;

    Pipeline(LiveReader reader) {
      this.reader = reader;
    }

    @Override
    protected void initChannel(Channel channel) {
      sockets.channels().add(channel);
      HttpHeaders headers = new DefaultHttpHeaders().add("Authorization", "Bearer " + reader.token());
      WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
        .webSocketUri(URI.create("ws://127.0.0.1:" + port + "/v1/stream"))
        .customHeaders(headers)
        // Browsers alone send one, and the function checks it.
        .generateOriginHeader(false)
        .maxFramePayloadLength(FRAME_BYTES)
        .handleCloseFrames(false)
        .build();
      channel.pipeline()
        .addLast(new HttpClientCodec(), new HttpObjectAggregator(ANSWER_BYTES),
            new WebSocketClientProtocolHandler(config), new LiveConnection(reader, new Listener(reader)));
    }
  }

  private final class Listener implements LiveConnection.Listener {
    private final LiveReader reader;

    Listener(LiveReader reader) {
      this.reader = reader;
    }

    @Override
    public void caughtUp() {
      LiveOpening.this.caughtUp();
    }

    @Override
    public void received(long nanos) {
      sockets.received(nanos);
    }

    @Override
    public void ended(boolean early, String words) {
      if (early) {
        failed(reader, words);
      } else if (done.isDone()) {
        sockets.ended(words);
      } else {
        left++;
        failed(reader, words);
      }
    }
  }
}
