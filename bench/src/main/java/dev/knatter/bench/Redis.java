package dev.knatter.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import dev.knatter.embedded.EmbeddedRedis;

/** The Redis of a run. */
record Redis(EmbeddedRedis process) {
  /** Forgets everything. */
  void empty() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), process.port())) {
      socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readNBytes("+OK\r\n".length());
    }
  }
}
