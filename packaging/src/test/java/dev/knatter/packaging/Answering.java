package dev.knatter.packaging;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The smallest program that can be packaged: answers everything with 200. */
public final class Answering {
  private Answering() {}

  public static void main(String[] args) throws IOException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0)));
    try (ServerSocket server = new ServerSocket(Integer.parseInt(System.getenv("PORT")), 50,
        InetAddress.getLoopbackAddress())) {
      while (true) {
        try (Socket socket = server.accept()) {
          answer(socket);
        }
      }
    }
  }

  private static void answer(Socket socket) throws IOException {
    BufferedReader in = new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    String line = in.readLine();
    while (line != null && !line.isEmpty()) {
      line = in.readLine();
    }
    socket.getOutputStream()
      .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        .getBytes(StandardCharsets.US_ASCII));
  }
}
