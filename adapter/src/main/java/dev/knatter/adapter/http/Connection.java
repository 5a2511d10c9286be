package dev.knatter.adapter.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * One connection: reads a request, has it answered, writes the answer, reads the next. Everything here runs on the
 * connection's event loop; only the work itself runs elsewhere.
 */
final class Connection extends ChannelInboundHandlerAdapter {
  /** The event by which the server asks for an end. */
  record Stop() {}

  private static final Duration LINGER = Duration.ofSeconds(1);
  private static final Duration LINGER_UNREAD = Duration.ofSeconds(5);
  /** Once the server stops: long enough for a request that is already on its way. */
  private static final Duration LAST_CALL = Duration.ofMillis(100);

  private enum State {
    IDLE, HEAD, BODY, WORK, WRITE, LAST
  }

  private final HttpServer server;
  private final Bounds bounds;
  private final Service service;
  private final Load load;
  private State state = State.IDLE;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Head requestHead;
  private @Nullable RequestBody incoming;
  private @Nullable WorkPermit permit;
  private @Nullable Future<?> timer;

  Connection(HttpServer server, Bounds bounds, Service service, Load load) {
    this.server = server;
    this.bounds = bounds;
    this.service = service;
    this.load = load;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    awaitRequest();
    ctx.read();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    cancelTimer();
    release();
    if (permit != null) {
      permit.abandon();
    }
  }

  private void release() {
    if (incoming != null) {
      incoming.release(load);
      incoming = null;
    }
  }

  private void awaitRequest() {
    requestHead = null;
    enter(State.IDLE, server.stopping() ? LAST_CALL : bounds.idle());
  }

  /** The first byte after an idle time starts a head, which then has to be complete in time. */
  void bytesArrived() {
    if (state == State.IDLE) {
      enter(State.HEAD, bounds.head());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (state == State.LAST) {
        return; // only drained, so that the client finds our answer and not a reset
      }
      if (message instanceof HttpRequest request) {
        onHead(ctx, request);
      } else if (message instanceof HttpContent content) {
        onContent(ctx, content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void onHead(ChannelHandlerContext ctx, HttpRequest request) {
    Head received = new Head(request, ctx.channel().remoteAddress());
    requestHead = received;
    Fault fault = Framing.fault(request);
    if (fault == null && Framing.expectsOther(request)) {
      fault = Fault.EXPECTATION;
    }
    if (fault != null) {
      incoming = null;
      answerLast(ctx, service.fault(fault, requestHead), LINGER_UNREAD);
      return;
    }
    Plan plan = plan(received);
    RequestBody next = new RequestBody(request, plan);
    incoming = next;
    if (next.announcesTooMuch() || (next.waits() && plan instanceof Plan.Reply)) {
      answerLast(ctx, refusal(next, Fault.BODY_TOO_LARGE), LINGER_UNREAD);
      return;
    }
    if (next.waits()) {
      var _ = ctx
        .writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
    enter(State.BODY, bounds.body());
    readOn(ctx);
  }

  /** Not at once: what is already decoded would come back on this very stack, as deep as a caller pipelines. */
  private static void readOn(ChannelHandlerContext ctx) {
    ctx.executor().execute(ctx::read);
  }

  private Plan plan(Head received) {
    try {
      return service.plan(received);
    } catch (RuntimeException e) {
      return new Plan.Reply(service.failed(e, received));
    }
  }

  private void onContent(ChannelHandlerContext ctx, HttpContent content) {
    RequestBody current = incoming;
    if (state != State.BODY || current == null) {
      return;
    }
    if (content.decoderResult().isFailure()) {
      answerLast(ctx, service.fault(Framing.bodyFault(content.decoderResult()), requestHead), LINGER_UNREAD);
      return;
    }
    Fault fault = current.accept(content.content(), load);
    if (fault != null) {
      answerLast(ctx, refusal(current, fault), LINGER_UNREAD);
    } else if (!(content instanceof LastHttpContent)) {
      readOn(ctx);
    } else if (current.plan() instanceof Plan.Work work) {
      start(ctx, work, current.body());
    } else {
      answer(ctx, ((Plan.Reply) current.plan()).response());
    }
  }

  /** What a request that is not read to its end gets: the answer that was known already, else the fault. */
  private Response refusal(RequestBody request, Fault fault) {
    return request.plan() instanceof Plan.Reply reply ? reply.response() : service.fault(fault, requestHead);
  }

  private void start(ChannelHandlerContext ctx, Plan.Work work, byte[] body) {
    WorkPermit held = WorkPermit.take(load, work.waits(), () -> ctx.executor().execute(() -> watch(ctx)));
    if (held == null) {
      answer(ctx, service.fault(Fault.BUSY, requestHead));
      return;
    }
    permit = held;
    Head asked = requestHead;
    RequestBody request = incoming;
    boolean streamed = request != null && !request.isHead();
    boolean chunked = request != null && request.takesChunks();
    enter(State.WORK, null);
    Thread.ofVirtual().name("request").start(() -> {
      Response response;
      try {
        held.begin();
        response = work.work().apply(body, held);
        if (streamed && response.parts() != null) {
          stream(ctx, ResponseEncoder.head(response, chunked), response.parts(), asked);
          return;
        }
      } catch (WorkPermit.Refused | WorkPermit.Gone e) {
        response = service.fault(Fault.BUSY, asked); // to one who has gone it is not sent
      } catch (Throwable e) {
        response = service.failed(e, asked);
      } finally {
        held.release();
      }
      Response done = response;
      ctx.executor().execute(() -> answer(ctx, done));
    });
  }

  /**
   * While a request waits, its connection is read, for only so is its end noticed. What a client sends meanwhile is kept for
   * later by the turnstile, and once there is such a thing no more is read. A client that only ends its own output counts as
   * gone, too.
   */
  private void watch(ChannelHandlerContext ctx) {
    if (state == State.WORK) {
      var _ = ctx.pipeline().context(RequestFlowControl.class).read();
    }
  }

  /**
   * Runs on the thread of the work, which waits whenever the client does, so that of an answer never more is held than the
   * part that is being sent. Where it cannot go on, it leaves the body without its end.
   */
  private void stream(ChannelHandlerContext ctx, HttpResponse head, Iterator<byte[]> parts,
      @Nullable Head asked) {
    try {
      send(ctx, head);
      while (parts.hasNext()) {
        send(ctx, new DefaultHttpContent(Unpooled.wrappedBuffer(parts.next())));
      }
      send(ctx, LastHttpContent.EMPTY_LAST_CONTENT);
      ctx.executor().execute(() -> end(ctx, LINGER));
    } catch (UncheckedIOException e) {
      var _ = ctx.close();
    } catch (RuntimeException e) {
      Response _ = service.failed(e, asked);
      var _ = ctx.close();
    }
  }

  private void send(ChannelHandlerContext ctx, Object part) {
    ChannelFuture sent = ctx.writeAndFlush(part);
    boolean _ = sent.awaitUninterruptibly(bounds.body().toMillis());
    if (!sent.isSuccess()) {
      throw new UncheckedIOException(new IOException("The client takes no more."));
    }
  }

  private void answer(ChannelHandlerContext ctx, Response response) {
    RequestBody request = incoming;
    if (request == null || !request.keepsAlive() || server.stopping() || !ctx.channel().isActive()) {
      answerLast(ctx, response, LINGER);
      return;
    }
    boolean head = request.isHead();
    release();
    enter(State.WRITE, bounds.body());
    var _ = ctx.writeAndFlush(wire(response, head, /* close= */ false))
      .addListener((ChannelFutureListener) done -> {
        if (!done.isSuccess()) {
          var _ = ctx.close();
          return;
        }
        awaitRequest();
        readOn(ctx);
      });
  }

  /**
   * Answers, ends the output and goes on reading for a while: closing a socket with unread input resets it, and the
   * client would lose the answer (RFC 9112 §9.6).
   */
  private void answerLast(ChannelHandlerContext ctx, Response response, Duration linger) {
    boolean head = incoming != null && incoming.isHead();
    release();
    if (!ctx.channel().isActive()) {
      return; // the client has gone while its request was worked on
    }
    enter(State.LAST, bounds.body());
    var _ = ctx.writeAndFlush(wire(response, head, /* close= */ true))
      .addListener((ChannelFutureListener) done -> {
        if (!done.isSuccess()) {
          var _ = ctx.close();
          return;
        }
        var _ = ((DuplexChannel) ctx.channel()).shutdownOutput();
        enter(State.LAST, linger);
      });
    drain(ctx);
  }

  /** The same where the answer has been sent in parts. */
  private void end(ChannelHandlerContext ctx, Duration linger) {
    release();
    if (ctx.channel().isActive()) {
      var _ = ((DuplexChannel) ctx.channel()).shutdownOutput();
      enter(State.LAST, linger);
      drain(ctx);
    }
  }

  private static void drain(ChannelHandlerContext ctx) {
    ctx.pipeline().remove(RequestFlowControl.class);
    ctx.channel().config().setAutoRead(true);
  }

  private FullHttpResponse wire(Response response, boolean head, boolean close) {
    try {
      return ResponseEncoder.wire(response, head, close);
    } catch (IllegalArgumentException e) {
      return ResponseEncoder.wire(service.failed(e, requestHead), head, close);
    }
  }

  private void enter(State next, @Nullable Duration atMost) {
    state = next;
    cancelTimer();
    ChannelHandlerContext ctx = context;
    if (atMost != null && ctx != null) {
      timer = ctx.executor().schedule(() -> onTimeout(ctx), atMost.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(/* mayInterruptIfRunning= */ false);
      timer = null;
    }
  }

  private void onTimeout(ChannelHandlerContext ctx) {
    RequestBody current = incoming;
    switch (state) {
      case HEAD -> answerLast(ctx, service.fault(Fault.TOO_SLOW, requestHead), LINGER_UNREAD);
      case BODY ->
        answerLast(ctx,
            current == null ? service.fault(Fault.TOO_SLOW, requestHead) : refusal(current, Fault.TOO_SLOW),
            LINGER_UNREAD);
      case IDLE, WORK, WRITE, LAST -> {
        var _ = ctx.close();
      }
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Stop && state == State.IDLE) {
      awaitRequest();
    }
  }

  /** A reset or the like: nothing is left to answer, and nothing to tell the operator. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var _ = ctx.close();
  }
}
