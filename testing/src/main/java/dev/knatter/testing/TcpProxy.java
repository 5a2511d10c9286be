package dev.knatter.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network that fails on demand. It listens on a loopback port and passes bytes on to a server, until a test asks for a
 * fault. Each fault replaces the one before.
 */
public final class TcpProxy implements AutoCloseable {
  private final InetSocketAddress target;
  private final InetSocketAddress address;
  private final Wire wire = new Wire();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private ServerSocket listener;
  private Thread acceptor;
  private boolean hasFault;

  /** @param target host and port of the server */
  public TcpProxy(String target) {
    int colon = target.lastIndexOf(':');
    this.target = new InetSocketAddress(target.substring(0, colon),
        Integer.parseInt(target.substring(colon + 1)));
    this.listener = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    this.address = (InetSocketAddress) listener.getLocalSocketAddress();
    this.acceptor = accept(listener);
  }

  public int port() {
    return address.getPort();
  }

  /** Drops all connections and refuses new ones. */
  public synchronized void cut() {
    try {
      listener.close();
      // The system frees the port only after the acceptor has stopped waiting for connections.
      acceptor.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sockets.forEach(TcpProxy::reset);
    hasFault = true;
  }

  /** Accepts connections and passes nothing on. The bytes wait until the next call of another method. */
  public synchronized void stall() {
    listenAgain();
    wire.stall();
    hasFault = true;
  }

  /** Delays each piece of data by the given time, in both directions. */
  public synchronized void delay(Duration each) {
    listenAgain();
    wire.delay(each);
    hasFault = !each.isZero();
  }

  /** Whether a fault is going on. */
  public synchronized boolean hasFault() {
    return hasFault;
  }

  /** Ends the fault. */
  public synchronized void restore() {
    delay(Duration.ZERO);
  }

  @Override
  public synchronized void close() {
    cut();
  }

  private void listenAgain() {
    if (listener.isClosed()) {
      listener = listen(address);
      acceptor = accept(listener);
    }
  }

  private static ServerSocket listen(InetSocketAddress where) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(where);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Thread accept(ServerSocket from) {
    return Thread.ofVirtual().name("proxy-accept").start(() -> acceptAll(from));
  }

  private void acceptAll(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        Socket client = from.accept();
        sockets.add(client);
        Thread.ofVirtual().name("proxy-connect").start(() -> connect(client, from));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void connect(Socket client, ServerSocket from) {
    Socket server = new Socket();
    sockets.add(server);
    try {
      server.connect(target);
      if (from.isClosed()) {
        throw new IOException("cut");
      }
      Thread.ofVirtual().name("proxy-up").start(() -> pass(client, server));
      pass(server, client);
    } catch (IOException e) {
      end(client, server);
    }
  }

  private void pass(Socket from, Socket to) {
    try {
      wire.carry(from.getInputStream(), to.getOutputStream());
    } catch (IOException | InterruptedException e) {
      // One end has closed its connection. The code below closes the other.
    } finally {
      end(from, to);
    }
  }

  private void end(Socket one, Socket other) {
    reset(one);
    reset(other);
    sockets.remove(one);
    sockets.remove(other);
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // The connection was closed already.
    }
  }
}
