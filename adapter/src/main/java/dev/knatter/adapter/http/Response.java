package dev.knatter.adapter.http;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP response. Its encoder adds the fields for length, date and connection, and leaves out the body where the request is a
 * HEAD.
 */
public final class Response {
  private static final byte[] NO_BODY = {};

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final @Nullable Iterator<byte[]> parts;
  private final @Nullable Hold hold;

  private Response(int status, Map<String, String> headers, byte[] body, @Nullable Iterator<byte[]> parts,
      @Nullable Hold hold) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.parts = parts;
    this.hold = hold;
  }

  /** Without a body. */
  public static Response of(int status) {
    return new Response(status, Map.of(), NO_BODY, null, null);
  }

  public static Response of(int status, String contentType, byte[] body) {
    return new Response(status, Map.of("Content-Type", contentType), body, null, null);
  }

  /**
   * With a body that is made while it is sent: each part when the client has taken the parts before it.
   *
   * @param parts called on the request's thread. Where it throws UncheckedIOException, the client gets a body without its end
   */
  public static Response streaming(int status, String contentType, Iterator<byte[]> parts) {
    return new Response(status, Map.of("Content-Type", contentType), NO_BODY, parts, null);
  }

  /** The answer that opens a WebSocket. */
  public static Response webSocket(Hold hold) {
    return new Response(HttpResponseStatus.SWITCHING_PROTOCOLS.code(), Map.of(), NO_BODY, null, hold);
  }

  /** The answer that opens an event stream. */
  public static Response eventStream(Hold hold, String contentType) {
    return new Response(HttpResponseStatus.OK.code(), Map.of("Content-Type", contentType), NO_BODY, null,
        hold);
  }

  /** A copy with one field more, or this response where the value is null. */
  public Response with(String name, @Nullable String value) {
    if (value == null) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, Collections.unmodifiableMap(more), body, parts, hold);
  }

  /** A compressed copy. Its ETag must not be a strong one, because that names the uncompressed bytes. */
  public Response gzipped() {
    Response coded = with("Content-Encoding", "gzip");
    return new Response(status, coded.headers, parts == null ? Gzip.of(body) : body,
        parts == null ? null : Gzip.of(parts), hold);
  }

  /** A copy whose Vary field also names that field of the request. */
  public Response varying(String field) {
    String already = headers.get("Vary");
    return with("Vary", already == null ? field : already + ", " + field);
  }

  /** Whether its body has more bytes, or is streamed. */
  public boolean isLongerThan(int bytes) {
    return parts != null || body.length > bytes;
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  /** Null unless the response is streamed. */
  @Nullable
  Iterator<byte[]> parts() {
    return parts;
  }

  /** Null unless the connection is held after it. */
  @Nullable
  Hold hold() {
    return hold;
  }
}
