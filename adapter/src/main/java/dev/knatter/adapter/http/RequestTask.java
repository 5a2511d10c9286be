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
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * The work of one request, on a virtual thread of its own. It sends a streamed answer itself; it hands any other answer to the
 * connection, on the connection's event loop.
 *
 * @param streams whether a streamed answer is sent: not to a HEAD request
 * @param chunked whether the client understands a body in chunks
 * @param timeout how long the client may take to take a part of a streamed answer
 * @param answer  takes the answer
 * @param end     called when a streamed answer has been sent
 */
record RequestTask(ChannelHandlerContext context, RequestHandler handler, @Nullable RequestHead head, Plan.Work work,
    byte[] body, WorkPermit permit, boolean streams, boolean chunked, Duration timeout,
    Consumer<Response> answer, Runnable end) implements Runnable {

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
      Response response = work.work().apply(body, permit);
      Iterator<byte[]> parts = response.parts();
      if (!streams || parts == null) {
        return response;
      }
      stream(response, parts);
      return null;
    } catch (WorkPermit.Refused | WorkPermit.Gone e) {
      return handler.fault(Fault.BUSY, head); // the connection does not send it to a client that has left
    } catch (Throwable e) {
      return handler.failed(e, head);
    } finally {
      permit.release();
    }
  }

  /**
   * Sends one part, and asks for the next when the client has taken it, so that only one part is in memory. Where the stream cannot
   * go on, the connection is closed, and the client finds the body without its end.
   */
  private void stream(Response response, Iterator<byte[]> parts) {
    try {
      send(ResponseEncoder.head(response, chunked));
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
