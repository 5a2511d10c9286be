package dev.knatter.adapter.http;

import java.time.Duration;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;

/** Takes a connection from HTTP and gives it to the handler that holds it. */
final class Handover {
  /** Otherwise the operating system would keep up to 4 MiB for a client that does not read, in the memory of the pod. */
  private static final int SEND_BUFFER = 64 * 1024;

  private final ChannelHandlerContext context;
  private final RequestHead head;
  private final Response response;
  private final boolean stopping;

  /**
   * @param context  of the {@link Connection}, which leaves the pipeline
   * @param response with the {@link Hold}
   * @param stopping whether the server stops, so that the connection has to end at once
   */
  Handover(ChannelHandlerContext context, RequestHead head, Response response, boolean stopping) {
    this.context = context;
    this.head = head;
    this.response = response;
    this.stopping = stopping;
  }

  /**
   * False, and then nothing has changed, where the client has left or has not waited for the answer (RFC 6455 §4.1): what it has
   * sent was not read as it meant it.
   */
  boolean perform(Hold hold, Capacity capacity, Duration patience) {
    Channel channel = context.channel();
    if (!channel.isActive() || channel.pipeline().get(RequestFlowControl.class).isAhead()) {
      return false;
    }
    HeldHandler handler = hold.webSocket()
        ? new WebSocketHandler(channel, hold, capacity, patience)
        : new EventStreamHandler(channel, hold, capacity, patience);
    boolean _ = channel.config().setOption(ChannelOption.SO_SNDBUF, SEND_BUFFER);
    channel.pipeline().replace(context.handler(), "held", handler);
    ChannelFuture written = hold.webSocket() ? shakeHands(hold.maxMessage()) : writeHead();
    var _ = written.addListener((ChannelFutureListener) done -> {
      if (done.isSuccess()) {
        handler.open(stopping);
      } else {
        var _ = channel.close();
      }
    });
    return true;
  }

  /**
   * Answers the handshake (RFC 6455 §4.2.2), without any extension: compression would keep buffers of some 100 KiB for each
   * connection. Netty's handshaker replaces the decoder and the encoder.
   */
  private ChannelFuture shakeHands(int maxMessage) {
    Channel channel = context.channel();
    ChannelPipeline pipeline = channel.pipeline();
    String flow = pipeline.context(RequestFlowControl.class).name();
    pipeline.addBefore(flow, "utf8", new Utf8FrameValidator(/* closeOnProtocolViolation= */ false));
    HttpHeaders fields = new DefaultHttpHeaders();
    response.headers().forEach(fields::set);
    return new WebSocketServerHandshaker13("", null, WebSocketDecoderConfig.newBuilder()
      .maxFramePayloadLength(maxMessage)
      .closeOnProtocolViolation(false)
      .withUTF8Validator(false)
      .build()).handshake(channel, whole(head.request()), fields, channel.newPromise());
  }

  private static FullHttpRequest whole(HttpRequest request) {
    return new DefaultFullHttpRequest(request.protocolVersion(), request.method(), request.uri(),
        Unpooled.EMPTY_BUFFER, request.headers(), EmptyHttpHeaders.INSTANCE);
  }

  /** From now on the connection is read only to notice its end. */
  private ChannelFuture writeHead() {
    ChannelFuture written = context.channel()
      .writeAndFlush(ResponseEncoder.head(response, /* chunked= */ head.isHttp11()));
    context.channel().pipeline().remove(RequestDecoder.class);
    drain(context.channel());
    return written;
  }

  /** From now on everything that arrives is read, so that the client gets what was written, and no reset. */
  static void drain(Channel channel) {
    if (channel.pipeline().context(RequestFlowControl.class) != null) {
      channel.pipeline().remove(RequestFlowControl.class);
    }
    channel.config().setAutoRead(true);
  }
}
