package dev.knatter.shared.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import dev.knatter.embedded.EmbeddedRedis;

/** A plain connection to Redis. Tests send with it what an operator or another program would send. */
final class RawRedis implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader answers;

  private RawRedis(Socket socket) throws IOException {
    this.socket = socket;
    this.answers = new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  /** Sends commands, one after the other over one connection, and returns the last answer. */
  static String send(EmbeddedRedis redis, String... commands) throws IOException {
    return send(redis.port(), commands);
  }

  static String send(int port, String... commands) throws IOException {
    try (RawRedis raw = new RawRedis(new Socket(InetAddress.getLoopbackAddress(), port))) {
      String last = "";
      for (String command : commands) {
        last = raw.send(command);
      }
      return last;
    }
  }

  /** @param command its words must not hold spaces; its answer must be one text or one number */
  private String send(String command) throws IOException {
    socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    String line = answers.readLine();
    if (line == null || line.startsWith("-")) {
      throw new IOException("Redis answered " + line + " to " + command.split(" ", 2)[0]);
    }
    if (!line.startsWith("$")) {
      return line.substring(1);
    }
    char[] text = new char[Integer.parseInt(line.substring(1))];
    int read = 0;
    while (read < text.length) {
      int more = answers.read(text, read, text.length - read);
      if (more < 0) {
        throw new IOException("Redis has closed the connection.");
      }
      read += more;
    }
    return new String(text);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
