package dev.knatter.e2e.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.knatter.e2e.deploy.Pod;

/** One connection that stays open, and carries what no client library would send. */
public final class RawConnection implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(40);

  private final Socket socket;
  private final InputStream in;

  private RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  public static RawConnection to(Pod pod) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), pod.port());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) TIMEOUT.toMillis());
      return new RawConnection(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Answer exchange(Request request) {
    write(request);
    return answer(request);
  }

  /** Sends all of a request, and does not read. */
  public void write(Request request) {
    byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder(
        request.method() + " " + request.target() + " HTTP/1.1\r\nHost: e2e\r\n");
    request.headers().forEach(header -> head.append(header.getKey() + ": " + header.getValue() + "\r\n"));
    if (!request.contentType().isEmpty()) {
      head.append("Content-Type: " + request.contentType() + "\r\nContent-Length: " + body.length + "\r\n");
    }
    write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    write(body);
  }

  public void write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the answer to the request, which may have been sent in any form. */
  public Answer answer(Request request) {
    try {
      String[] status = line().split(" ", 3);
      Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (String line = line(); !line.isEmpty(); line = line()) {
        String[] field = line.split(":", 2);
        fields.computeIfAbsent(field[0], name -> new ArrayList<>()).add(field[1].strip());
      }
      HttpHeaders headers = HttpHeaders.of(fields, (name, value) -> true);
      Answer answer = new Answer(Integer.parseInt(status[1]), headers, body(headers));
      Client.check(request, answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(request + ": no answer", e);
    }
  }

  private String body(HttpHeaders headers) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (headers.firstValue("Transfer-Encoding").isPresent()) {
      for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
        body.write(in.readNBytes(size));
        String _ = line();
      }
      String _ = line();
    } else {
      body.write(in.readNBytes((int) headers.firstValueAsLong("Content-Length").orElse(0)));
    }
    return body.toString(StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("The connection was closed");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** Whether the other side closes without sending anything more. */
  public boolean isClosedByPeer() {
    try {
      return in.read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
