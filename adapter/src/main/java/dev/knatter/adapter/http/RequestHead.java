package dev.knatter.adapter.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Set;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** A request without its body. */
public final class RequestHead {
  private final HttpRequest request;
  private final @Nullable InetAddress peer;

  RequestHead(HttpRequest request, @Nullable SocketAddress peer) {
    this.request = request;
    this.peer = peer instanceof InetSocketAddress known ? known.getAddress() : null;
  }

  public String method() {
    return request.method().name();
  }

  /** Whether it is a request of HTTP/1.1, and not of HTTP/1.0. */
  public boolean isHttp11() {
    return request.protocolVersion().equals(HttpVersion.HTTP_1_1);
  }

  HttpRequest request() {
    return request;
  }

  /** The request target as sent: path and query in printable ASCII, still percent-encoded. */
  public String target() {
    return Target.pathAndQuery(request.uri());
  }

  /** The values of all field lines with that name, in order. */
  public List<String> values(String name) {
    return request.headers().getAll(name);
  }

  /** Whether all of it could be read. If not, the request may have had more fields. */
  public boolean complete() {
    return !request.decoderResult().isFailure();
  }

  /** The names of all fields, as sent. */
  public Set<String> names() {
    return request.headers().names();
  }

  /** The address of the connection's other end; null when the connection is closed. */
  public @Nullable InetAddress peer() {
    return peer;
  }

  /** Whether a body is announced, by a length or by chunks. Without either it is empty (RFC 9112 §6.3). */
  public boolean announcesBody() {
    return request.headers().contains("Content-Length") || request.headers().contains("Transfer-Encoding");
  }
}
