package dev.knatter.adapter;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One connection over which tests send exactly the bytes they mean, and read answers one by one. */
final class RawHttp implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  /** An answer; field names are case-insensitive, repeated ones are joined with a comma. */
  record Reply(int status, Map<String, String> headers, String body) {

    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    boolean closes() {
      return header("Connection").toLowerCase(Locale.ROOT).contains("close");
    }
  }

  private final Socket socket = new Socket();
  private final InputStream in;

  RawHttp(int port) throws IOException {
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
  }

  /** Sends one request over its own connection and reads its answer. */
  static Reply exchange(int port, String request) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      return http.send(request).read();
    }
  }

  /** Sends text as UTF-8; every line ends in LF in the source and in CRLF on the wire. */
  RawHttp send(String text) throws IOException {
    return sendBytes(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  RawHttp sendBytes(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  RawHttp shutdownOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  Reply read() throws IOException {
    return read(/* body= */ true);
  }

  /** Reads the answer to a HEAD request, which names a length but has no body. */
  Reply readHead() throws IOException {
    return read(/* body= */ false);
  }

  private Reply read(boolean body) throws IOException {
    List<String> head = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      head.add(line);
    }
    int status = Integer.parseInt(head.getFirst().substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String field : head.subList(1, head.size())) {
      int colon = field.indexOf(':');
      headers.merge(field.substring(0, colon), field.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
    }
    int length = body ? Integer.parseInt(headers.getOrDefault("Content-Length", "0")) : 0;
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("The body ends after " + bytes.length + " of " + length + " bytes");
    }
    return new Reply(status, headers, new String(bytes, StandardCharsets.UTF_8));
  }

  /** Reads the next chunk of a body in chunks (RFC 9112 §7.1); empty at its end. */
  String readChunk() throws IOException {
    byte[] chunk = in.readNBytes(Integer.parseInt(line(), 16));
    line();
    return new String(chunk, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("The connection ended after \"" + line.toString(StandardCharsets.UTF_8) + '"');
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return text.substring(0, text.length() - 1);
  }

  /** Whether the server ends the connection without another byte. */
  boolean isEnded() throws IOException {
    return in.read() < 0;
  }

  String readToEnd() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
