package dev.knatter.adapter.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * The work of one request, on a virtual thread of its own. It sends a streamed answer itself; it hands any other answer to the
 * connection, on the connection's event loop.
 */
final class RequestTask implements Runnable {
  private final ChannelHandlerContext context;
  private final RequestHandler handler;
  private final @Nullable RequestHead head;
  private final Plan.Work work;
  private final RequestBody request;
  private final WorkPermit permit;
  private final Duration timeout;
  private final Consumer<Response> answer;
  private final Runnable end;

  /**
   * @param timeout how long the client may take to take a part of a streamed answer
   * @param answer  takes the answer
   * @param end     called when a streamed answer has been sent
   */
  RequestTask(ChannelHandlerContext context, RequestHandler handler, @Nullable RequestHead head,
      Plan.Work work,
      RequestBody request, WorkPermit permit, Duration timeout, Consumer<Response> answer, Runnable end) {
    this.context = context;
    this.handler = handler;
    this.head = head;
    this.work = work;
    this.request = request;
    this.permit = permit;
    this.timeout = timeout;
    this.answer = answer;
    this.end = end;
  }

  @Override
  public void run() {
    Response response = response();
    if (response != null) {
      context.executor().execute(() -> answer.accept(response));
    }
  }

  /** Null where the answer was streamed. */
  private @Nullable Response response() {
    try {
      permit.begin();
      Response response = work.work().apply(request.body(), permit);
      Iterator<byte[]> parts = response.parts();
      if (request.isHead() || parts == null) {
        return response;
      }
      stream(response, parts);
      return null;
    } catch (WorkPermit.Refused e) {
      return handler.fault(Fault.BUSY, head);
    } catch (WorkPermit.Gone e) {
      return Response.of(HttpResponseStatus.SERVICE_UNAVAILABLE.code()); // not sent, because the connection is closed
    } catch (Throwable e) {
      return handler.failed(e, head);
    } finally {
      permit.release();
    }
  }

  /**
   * Sends one part, and asks for the next when the client has taken it, so that only one part is in memory. Where the
   * stream cannot go on, the connection is closed, and the client finds the body without its end.
   */
  private void stream(Response response, Iterator<byte[]> parts) {
    try {
      send(ResponseEncoder.head(response, request.takesChunks()));
      while (parts.hasNext()) {
        send(new DefaultHttpContent(Unpooled.wrappedBuffer(parts.next())));
      }
      send(LastHttpContent.EMPTY_LAST_CONTENT);
      context.executor().execute(end);
    } catch (UncheckedIOException e) {
      var _ = context.close();
    } catch (RuntimeException e) {
      Response _ = handler.failed(e, head);
      var _ = context.close();
    }
  }

  private void send(Object part) {
    ChannelFuture sent = context.writeAndFlush(part);
    boolean _ = sent.awaitUninterruptibly(timeout.toMillis());
    if (!sent.isSuccess()) {
      throw new UncheckedIOException(new IOException("The client takes no more."));
    }
  }
}
