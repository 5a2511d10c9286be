package dev.knatter.adapter.http;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An answer. Length, date and connection fields are added when it is written; a HEAD request's body is left out then.
 */
public final class Response {
  private static final byte[] NO_BODY = {};

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final @Nullable Iterator<byte[]> parts;

  private Response(int status, Map<String, String> headers, byte[] body, @Nullable Iterator<byte[]> parts) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.parts = parts;
  }

  /** Without a body. */
  public static Response of(int status) {
    return new Response(status, Map.of(), NO_BODY, null);
  }

  public static Response of(int status, String contentType, byte[] body) {
    return new Response(status, Map.of("Content-Type", contentType), body, null);
  }

  /**
   * With a body that is made while it is sent: each part once the client has taken those before it.
   *
   * @param parts asked on the thread of the work; throws UncheckedIOException where it cannot go on, and the client finds
   *     the body cut
   */
  public static Response streaming(int status, String contentType, Iterator<byte[]> parts) {
    return new Response(status, Map.of("Content-Type", contentType), NO_BODY, parts);
  }

  /** The same with that field; a null value adds none. */
  public Response with(String name, @Nullable String value) {
    if (value == null) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, Collections.unmodifiableMap(more), body, parts);
  }

  /** The same compressed. Its tag, where it has one, must not be a strong one: that names other bytes. */
  public Response gzipped() {
    Response coded = with("Content-Encoding", "gzip");
    return new Response(status, coded.headers, parts == null ? Gzip.of(body) : body,
        parts == null ? null : Gzip.of(parts));
  }

  /** The same, saying that it depends on that field of the request, too. */
  public Response varying(String field) {
    String already = headers.get("Vary");
    return with("Vary", already == null ? field : already + ", " + field);
  }

  /** Whether its body has more bytes than that, or is made while it is sent. */
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

  /** Null where the body is there. */
  @Nullable
  Iterator<byte[]> parts() {
    return parts;
  }
}
