package dev.knatter.adapter.http;

import java.time.Instant;
import java.util.Date;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Makes Netty's responses of ours. */
final class ResponseEncoder {
  private ResponseEncoder() {}

  /**
   * @param head  whether the request is a HEAD: the response has the fields of the body, and not the body
   * @param close whether this is the connection's last response
   * @throws IllegalArgumentException for a field value that cannot be sent
   */
  static FullHttpResponse wire(Response response, boolean head, boolean close) {
    FullHttpResponse wire = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
        HttpResponseStatus.valueOf(response.status()),
        head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(response.body()));
    response.headers().forEach(wire.headers()::set);
    wire.headers().set("Date", now());
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
   * The head of a streamed response. The connection is closed after it.
   *
   * @param chunked whether the body is sent in chunks; if not, it ends where the connection ends
   */
  static HttpResponse head(Response response, boolean chunked) {
    HttpResponse wire = new DefaultHttpResponse(HttpVersion.HTTP_1_1,
        HttpResponseStatus.valueOf(response.status()));
    response.headers().forEach(wire.headers()::set);
    wire.headers().set("Date", now()).set("Connection", "close");
    if (chunked) {
      wire.headers().set("Transfer-Encoding", "chunked");
    }
    return wire;
  }

  private static String now() {
    return DateFormatter.format(Date.from(Instant.now()));
  }
}
