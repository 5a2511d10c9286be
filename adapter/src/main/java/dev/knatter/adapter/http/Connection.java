package dev.knatter.adapter.http;

import java.time.Duration;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * One connection: reads a request, has it answered, writes the answer, and reads the next request. Everything here runs on the
 * connection's event loop; a {@link RequestTask} runs on a thread of its own.
 */
final class Connection extends ChannelInboundHandlerAdapter {
  /** The event by which the server asks every connection to end. */
  record Stop() {}

  private static final Duration LINGER = Duration.ofSeconds(1);
  private static final Duration LINGER_UNREAD = Duration.ofSeconds(5);
  /** How long an idle connection stays open once the server stops: a request may already be on its way. */
  private static final Duration IDLE_AT_STOP = Duration.ofMillis(100);

  private enum State {
    IDLE, HEAD, BODY, WORK, WRITE, LAST
  }

  private final HttpServer server;
  private final ServerLimits limits;
  private final RequestHandler handler;
  private final Capacity capacity;
  private final Timeout timeout = new Timeout();
  private State state = State.IDLE;
  private @Nullable ChannelHandlerContext context;
  private @Nullable RequestHead requestHead;
  private @Nullable RequestBody incoming;
  private @Nullable WorkPermit permit;

  Connection(HttpServer server, ServerLimits limits, RequestHandler handler, Capacity capacity) {
    this.server = server;
    this.limits = limits;
    this.handler = handler;
    this.capacity = capacity;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    awaitRequest();
    ctx.read();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    timeout.cancel();
    release();
    if (permit != null) {
      permit.abandon();
    }
  }

  private void release() {
    if (incoming != null) {
      incoming.release(capacity);
      incoming = null;
    }
  }

  private void awaitRequest() {
    requestHead = null;
    enter(State.IDLE, server.stopping() ? IDLE_AT_STOP : limits.idle());
  }

  /** The first byte after an idle time starts a head, which then has to be complete in time. */
  void bytesArrived() {
    if (state == State.IDLE) {
      enter(State.HEAD, limits.head());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (state == State.LAST) {
        return; // the input is read and dropped, so that the client gets the answer and no reset
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
    RequestHead received = new RequestHead(request, ctx.channel().remoteAddress());
    requestHead = received;
    Fault fault = Framing.fault(request);
    if (fault != null) {
      answerLast(ctx, handler.fault(fault, requestHead), LINGER_UNREAD);
      return;
    }
    Plan plan = plan(received);
    RequestBody next = new RequestBody(request, plan);
    incoming = next;
    if (next.announcesTooMuch() || (next.expectsContinue() && plan instanceof Plan.Reply)) {
      answerLast(ctx, refusal(next, Fault.BODY_TOO_LARGE), LINGER_UNREAD);
      return;
    }
    if (next.expectsContinue()) {
      var _ = ctx
        .writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
    enter(State.BODY, limits.body());
    readOn(ctx);
  }

  /** Reads on a fresh stack, because pipelined requests that are decoded already would fill this one. */
  private static void readOn(ChannelHandlerContext ctx) {
    ctx.executor().execute(ctx::read);
  }

  private Plan plan(RequestHead received) {
    try {
      return handler.plan(received);
    } catch (RuntimeException e) {
      return new Plan.Reply(handler.failed(e, received));
    }
  }

  private void onContent(ChannelHandlerContext ctx, HttpContent content) {
    RequestBody current = incoming;
    if (state != State.BODY || current == null) {
      return;
    }
    if (content.decoderResult().isFailure()) {
      answerLast(ctx, handler.fault(Framing.bodyFault(content.decoderResult()), requestHead), LINGER_UNREAD);
      return;
    }
    Fault fault = current.accept(content.content(), capacity);
    if (fault != null) {
      answerLast(ctx, refusal(current, fault), LINGER_UNREAD);
    } else if (!(content instanceof LastHttpContent)) {
      readOn(ctx);
    } else if (current.plan() instanceof Plan.Work work) {
      start(ctx, work, current);
    } else {
      answer(ctx, ((Plan.Reply) current.plan()).response());
    }
  }

  /** The answer to a request that is not read to its end: the one that was known already, or else the fault. */
  private Response refusal(RequestBody request, Fault fault) {
    return request.plan() instanceof Plan.Reply reply ? reply.response() : handler.fault(fault, requestHead);
  }

  private void start(ChannelHandlerContext ctx, Plan.Work work, RequestBody request) {
    WorkPermit held = WorkPermit.take(capacity, work.waits(), () -> ctx.executor().execute(() -> watch(ctx)));
    if (held == null) {
      answer(ctx, handler.fault(Fault.BUSY, requestHead));
      return;
    }
    permit = held;
    enter(State.WORK, null);
    Thread.ofVirtual()
      .name("request")
      .start(new RequestTask(ctx, handler, requestHead, work, request, held, limits.body(),
          response -> answer(ctx, response), () -> end(ctx)));
  }

  /**
   * While a long poll waits, its connection is read, because only so the server notices that the client has left. What
   * a client sends meanwhile stays in {@link RequestFlowControl}, and then no more is read. A client that only closes
   * its own output counts as one that has left, too.
   */
  private void watch(ChannelHandlerContext ctx) {
    if (state == State.WORK) {
      var _ = ctx.pipeline().context(RequestFlowControl.class).read();
    }
  }

  private void answer(ChannelHandlerContext ctx, Response response) {
    Hold hold = response.hold();
    if (hold != null) {
      hold(ctx, response, hold);
      return;
    }
    RequestBody request = incoming;
    if (request == null || !request.keepsAlive() || server.stopping() || !ctx.channel().isActive()) {
      answerLast(ctx, response, LINGER);
      return;
    }
    boolean head = request.isHead();
    release();
    enter(State.WRITE, limits.body());
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

  private void hold(ChannelHandlerContext ctx, Response response, Hold hold) {
    RequestHead head = requestHead;
    release();
    timeout.cancel();
    if (head == null
        || !new Handover(ctx, head, response, server.stopping()).perform(hold, capacity, limits.body())) {
      hold.listener().closed();
      answerLast(ctx, handler.fault(Fault.MALFORMED, head), LINGER);
    }
  }

  /**
   * Answers, ends the output and goes on reading for a while: a socket that is closed with unread input is reset, and the
   * client would lose the answer (RFC 9112 §9.6).
   */
  private void answerLast(ChannelHandlerContext ctx, Response response, Duration linger) {
    boolean head = incoming != null && incoming.isHead();
    release();
    if (!ctx.channel().isActive()) {
      return; // the client has left while its request was worked on
    }
    enter(State.LAST, limits.body());
    var _ = ctx.writeAndFlush(wire(response, head, /* close= */ true))
      .addListener((ChannelFutureListener) done -> {
        if (!done.isSuccess()) {
          var _ = ctx.close();
          return;
        }
        var _ = ((DuplexChannel) ctx.channel()).shutdownOutput();
        enter(State.LAST, linger);
      });
    Handover.drain(ctx.channel());
  }

  /** The same after an answer that the task has streamed. */
  private void end(ChannelHandlerContext ctx) {
    release();
    if (ctx.channel().isActive()) {
      var _ = ((DuplexChannel) ctx.channel()).shutdownOutput();
      enter(State.LAST, LINGER);
      Handover.drain(ctx.channel());
    }
  }

  private FullHttpResponse wire(Response response, boolean head, boolean close) {
    try {
      return ResponseEncoder.wire(response, head, close);
    } catch (IllegalArgumentException e) {
      return ResponseEncoder.wire(handler.failed(e, requestHead), head, close);
    }
  }

  private void enter(State next, @Nullable Duration atMost) {
    state = next;
    ChannelHandlerContext ctx = context;
    if (atMost == null || ctx == null) {
      timeout.cancel();
    } else {
      timeout.set(ctx.executor(), atMost, () -> onTimeout(ctx));
    }
  }

  private void onTimeout(ChannelHandlerContext ctx) {
    RequestBody current = incoming;
    switch (state) {
      case HEAD, BODY -> answerLast(ctx,
          current == null ? handler.fault(Fault.TOO_SLOW, requestHead) : refusal(current, Fault.TOO_SLOW),
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

  /** The client has reset the connection, or the like. Nobody waits for an answer, and the operator need not know. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var _ = ctx.close();
  }
}
