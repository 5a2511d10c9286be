package dev.knatter.adapter.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Gives an answer its wire form. */
final class ResponseEncoder {
  private ResponseEncoder() {}

  /**
   * @param head  whether a HEAD request is answered: the fields of the body, but not the body
   * @param close whether this is the last answer of its connection
   * @throws IllegalArgumentException for a field value that cannot be sent
   */
  static FullHttpResponse wire(Response response, boolean head, boolean close) {
    FullHttpResponse wire = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
        HttpResponseStatus.valueOf(response.status()),
        head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(response.body()));
    response.headers().forEach(wire.headers()::set);
    wire.headers().set("Date", HttpDate.now());
    if (response.parts() == null && response.status() != HttpResponseStatus.NO_CONTENT.code()
        && response.status() != HttpResponseStatus.NOT_MODIFIED.code()) {
      wire.headers().set("Content-Length", response.body().length);
    }
    if (close) {
      wire.headers().set("Connection", "close");
    }
    return wire;
  }

  /**
   * The head of an answer whose body follows in parts. The connection ends with it.
   *
   * @param chunked whether the client knows from the body where it ends; else from the end of the connection
   */
  static HttpResponse head(Response response, boolean chunked) {
    HttpResponse wire = new DefaultHttpResponse(HttpVersion.HTTP_1_1,
        HttpResponseStatus.valueOf(response.status()));
    response.headers().forEach(wire.headers()::set);
    wire.headers().set("Date", HttpDate.now()).set("Connection", "close");
    if (chunked) {
      wire.headers().set("Transfer-Encoding", "chunked");
    }
    return wire;
  }
}
