package dev.knatter.shared.store.resp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Reads what Redis answers. */
final class Replies {
  /** More than anything that is asked for here; what says it is larger is no Redis. */
  private static final int MAX_LENGTH = 64 * 1024 * 1024;
  private static final int MAX_LINE = 64 * 1024;
  /** How a server of TLS answers one who does not begin with a handshake (RFC 8446 §5.1, ContentType alert). */
  private static final int TLS_ALERT = 21;

  private final InputStream in;

  /** @param in buffered: it is read byte by byte */
  Replies(InputStream in) {
    this.in = in;
  }

  /**
   * The next one: a Long, a {@code byte[]}, a String (a status such as OK), a List of these, a {@link Refusal}, or null.
   *
   * @throws IOException where the connection has ended, or the other side does not speak RESP 2
   */
  @Nullable
  Object next() throws IOException {
    int kind = in.read();
    if (kind == TLS_ALERT) {
      throw new TlsExpectedException();
    }
    String line = line();
    return switch (kind) {
      case '+' -> line;
      case '-' -> new Refusal(line);
      case ':' -> number(line);
      case '$' -> bytes(length(line));
      case '*' -> list(length(line));
      case -1 -> throw new EOFException("Redis has closed the connection.");
      default -> throw new IOException("This is not what Redis says.");
    };
  }

  private byte @Nullable [] bytes(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length || in.read() != '\r' || in.read() != '\n') {
      throw new EOFException("Redis has closed the connection.");
    }
    return bytes;
  }

  private @Nullable List<@Nullable Object> list(int size) throws IOException {
    if (size < 0) {
      return null;
    }
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      list.add(next());
    }
    return list;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    while (next != '\r' && next != -1 && line.length() < MAX_LINE) {
      line.append((char) next);
      next = in.read();
    }
    if (next == '\r' && in.read() == '\n') {
      return line.toString();
    }
    throw new EOFException("Redis has closed the connection.");
  }

  private static int length(String line) throws IOException {
    long length = number(line);
    if (length < -1 || length > MAX_LENGTH) {
      throw new IOException("This is not what Redis says.");
    }
    return (int) length;
  }

  private static long number(String line) throws IOException {
    try {
      return Long.parseLong(line);
    } catch (NumberFormatException e) {
      throw new IOException("This is not what Redis says.", e);
    }
  }

  /** A byte string as text. */
  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
