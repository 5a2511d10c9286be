package dev.knatter.bench.setup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.knatter.embedded.EmbeddedRedis;

/** The Redis of a run. */
public record RedisCommands(EmbeddedRedis process) {
  /** Forgets everything. */
  public void empty() throws IOException {
    send(List.of("FLUSHALL"));
  }

  /** Sends commands whose words hold no spaces, and waits until all are done. */
  public void send(List<String> commands) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), process.port());
        BufferedReader answers = new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      socket.getOutputStream()
        .write((String.join("\r\n", commands) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      for (String command : commands) {
        String answer = answers.readLine();
        if (answer == null || answer.startsWith("-")) {
          throw new IOException("Redis answered " + answer + " to " + command);
        }
      }
    }
  }
}
