package dev.knatter.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds free TCP ports of the loopback interface. They are lower than the ports that systems give to outgoing connections
 * (from 32768 on Linux, from 49152 elsewhere). A server may take half a minute to bind its port, and no connection must get
 * the port meanwhile. A process gets each port once.
 */
public final class Ports {
  private static final int LOWEST = 15_000;
  private static final int HIGHEST = 32_000;
  private static final int REDIS_CLUSTER_BUS = 10_000;
  /** Whoever got one of them may not listen there yet: two of many servers that start at once would get the same. */
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /** Returns a free port. */
  public static int free() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (give(port)) {
        return port;
      }
    }
  }

  /** Returns a free port whose next port is also free. The whole product listens for events on that next port. */
  public static int freePair() {
    while (true) {
      int port = free();
      if (give(port + 1)) {
        return port;
      }
    }
  }

  /** Returns a free port for a server of a Redis cluster. The servers talk at the port that is 10,000 higher. */
  public static int freeForRedisCluster() {
    while (true) {
      int port = free();
      if (port + REDIS_CLUSTER_BUS < HIGHEST && isFree(port + REDIS_CLUSTER_BUS)) {
        return port;
      }
    }
  }

  /** @param port the wished port, or 0 for any free one */
  static int choose(String user, int port) {
    if (port == 0) {
      return free();
    }
    if (!isFree(port)) {
      throw new CannotStartException("%s: port %d of 127.0.0.1 is in use.".formatted(user, port));
    }
    return port;
  }

  private static boolean give(int port) {
    return GIVEN.add(port) && isFree(port);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // The servers set this option too. Without it, a port stays in use for a minute after a connection was closed.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
