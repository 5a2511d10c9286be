package dev.knatter.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports of the loopback interface. */
public final class Ports {
  private Ports() {}

  /** One that is free. */
  public static int free() {
    return choose("A server", 0);
  }

  /** The first of two neighbours that are both free: the whole product listens for events one above. */
  public static int freePair() {
    while (true) {
      int port = free();
      if (port < 65535 && isFree(port + 1)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

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
