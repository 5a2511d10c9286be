package dev.knatter.bench.process;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * One keep-alive connection, and just as much of HTTP/1.1 as what we measure answers with: a general client would take
 * a good part of the processors that it measures. Not for several threads.
 */
public final class HttpConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;
  /** The one answer here that has neither content nor its length (RFC 9110 §8.6). */
  private static final int NO_CONTENT = 204;
  private static final String LENGTH = "content-length:";
  private static final String CHUNKS = "transfer-encoding: chunked";

  private final Socket socket;
  private final InputStream in;
  private byte[] buffer = new byte[64 * 1024];
  private int filled;
  private int head;

  public HttpConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = socket.getInputStream();
  }

  /**
   * The bytes of a request.
   *
   * @param line  method and target
   * @param token an access token, or nothing
   * @param body  JSON, or nothing
   */
  public static byte[] request(String line, String token, String body) {
    String authorization = token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
    return withHeaders(line,
        body.isEmpty() ? authorization : authorization + "Content-Type: application/json\r\n",
        body);
  }

  /** @param headers each ended by CR and LF; the length is added */
  public static byte[] withHeaders(String line, String headers, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String length = bytes.length == 0 ? "" : "Content-Length: " + bytes.length + "\r\n";
    byte[] top = (line + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + length + "\r\n")
      .getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[top.length + bytes.length];
    System.arraycopy(top, 0, request, 0, top.length);
    System.arraycopy(bytes, 0, request, top.length, bytes.length);
    return request;
  }

  /** Sends a request, reads all of its answer and returns the status. */
  public int exchange(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    filled = 0;
    head = 0;
    while (head == 0) {
      read();
      head = endOfHead();
    }
    String text = new String(buffer, 0, head, StandardCharsets.US_ASCII);
    int status = Integer.parseInt(text, 9, 12, 10);
    if (text.toLowerCase(Locale.ROOT).contains(CHUNKS)) {
      readChunks();
    } else if (status != NO_CONTENT) {
      readTo(head + contentLength(text));
    }
    return status;
  }

  /** The body of the last answer. */
  public String body() {
    return new String(buffer, head, filled - head, StandardCharsets.UTF_8);
  }

  /** Takes the framing of each chunk away (RFC 9112 §7.1), so that the body alone is left behind the head. */
  private void readChunks() throws IOException {
    int at = head;
    int size;
    do {
      int line = at;
      do {
        readTo(++line);
      } while (buffer[line - 1] != '\n');
      size = Integer.parseInt(new String(buffer, at, line - at, StandardCharsets.US_ASCII).strip(), 16);
      readTo(line + size + 2);
      remove(line + size, 2);
      remove(at, line - at);
      at += size;
    } while (size > 0);
  }

  private void remove(int from, int count) {
    System.arraycopy(buffer, from + count, buffer, from, filled - from - count);
    filled -= count;
  }

  private void readTo(int end) throws IOException {
    if (end > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(end, buffer.length * 2));
    }
    while (filled < end) {
      read();
    }
  }

  private void read() throws IOException {
    int count = in.read(buffer, filled, buffer.length - filled);
    if (count <= 0) {
      throw new EOFException("The server closed the connection.");
    }
    filled += count;
  }

  private int endOfHead() {
    for (int i = 3; i < filled; i++) {
      if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n') {
        return i + 1;
      }
    }
    return 0;
  }

  private static int contentLength(String head) throws IOException {
    int at = 0;
    while (at >= 0) {
      if (head.regionMatches(/* ignoreCase= */ true, at, LENGTH, 0, LENGTH.length())) {
        int from = at + LENGTH.length();
        return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
      }
      int next = head.indexOf('\n', at);
      at = next < 0 ? -1 : next + 1;
    }
    throw new IOException("An answer without Content-Length.");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
