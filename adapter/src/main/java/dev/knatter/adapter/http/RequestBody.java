package dev.knatter.adapter.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** The body of a request while it arrives. */
final class RequestBody {
  private static final long CHUNKED = -1;

  private final HttpRequest request;
  private final Plan plan;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private long received;
  private long held;

  RequestBody(HttpRequest request, Plan plan) {
    this.request = request;
    this.plan = plan;
  }

  Plan plan() {
    return plan;
  }

  boolean isHead() {
    return request.method().name().equals("HEAD");
  }

  /** Whether the client sends the body only after 100 Continue (RFC 9110 §10.1.1: not in HTTP/1.0). */
  boolean expectsContinue() {
    return HttpUtil.is100ContinueExpected(request) && length() != 0;
  }

  /** Whether the client understands a body in chunks. */
  boolean takesChunks() {
    return request.protocolVersion().equals(HttpVersion.HTTP_1_1);
  }

  boolean keepsAlive() {
    return takesChunks() && HttpUtil.isKeepAlive(request);
  }

  boolean announcesTooMuch() {
    return length() > limit();
  }

  /** Adds a part of the body, or returns the fault that prevents it. */
  @Nullable
  Fault accept(ByteBuf part, Capacity capacity) {
    int size = part.readableBytes();
    received += size;
    if (received > limit()) {
      return Fault.BODY_TOO_LARGE;
    }
    if (plan instanceof Plan.Reply) {
      return null;
    }
    if (!capacity.tryHold(size)) {
      return Fault.BUSY;
    }
    held += size;
    try {
      part.readBytes(body, size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return null;
  }

  /** Gives back the capacity that it holds. A second call does nothing. */
  void release(Capacity capacity) {
    capacity.release(held);
    held = 0;
  }

  byte[] body() {
    return body.toByteArray();
  }

  private long length() {
    return HttpUtil.isTransferEncodingChunked(request) ? CHUNKED : HttpUtil.getContentLength(request, 0L);
  }

  private int limit() {
    return plan instanceof Plan.Work work ? work.maxBody() : ServerLimits.DROPPED_BODY;
  }
}
