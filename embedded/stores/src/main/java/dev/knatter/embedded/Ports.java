package dev.knatter.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports of the loopback interface. */
final class Ports {
  private Ports() {}

  /** @param port the wished one, or 0 for any that is free */
  static int choose(String user, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As the servers do, or a port stays "in use" for a minute after a connection was closed.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new CannotStartException("%s: port %d of 127.0.0.1 is in use.".formatted(user, port), e);
    }
  }
}
