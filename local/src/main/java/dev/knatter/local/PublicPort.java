package dev.knatter.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

import dev.knatter.embedded.CannotStartException;

/** Checks that the port is free before the stores start, so that a developer sees this error at once. */
final class PublicPort {
  private PublicPort() {}

  static void requireFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new CannotStartException(
          "Port %d of 127.0.0.1 is in use. Choose another: KNATTER_PORT=8090 ./knatter dev (the broker takes the port above)"
            .formatted(port),
          e);
    }
  }
}
