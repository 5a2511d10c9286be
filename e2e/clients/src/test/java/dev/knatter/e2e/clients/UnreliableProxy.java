package dev.knatter.e2e.clients;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and the product, reads each request, and does to its answer what a test wants. It keeps connections
 * open between requests, also after an answer that came twice: what it does to them is what networks do, at the worst moment.
 */
public final class UnreliableProxy implements AutoCloseable {
  /** What becomes of a request and its answer. */
  public enum Fate {
    PASSED,
    /** The connection ends before the product gets the request. */
    CUT_BEFORE,
    /** The product answers, and the connection ends within the answer. */
    CUT_WITHIN,
    /** The product answers, and half of it arrives; then nothing more. */
    STALLED,
    /** The product gets the request twice, and both answers arrive. */
    DUPLICATED,
    /** The proxy answers itself, as one that does not know the path. */
    REFUSED
  }

  /**
   * A request, as it was passed on.
   *
   * @param target path and query
   */
  public record Request(String method, String target, String head, String body) {
    public String path() {
      return target.split("\\?", 2)[0];
    }

    public boolean upgrades() {
      return head.toLowerCase(Locale.ROOT).contains("\r\nupgrade: websocket");
    }
  }

  /** A request, and the status that came back. */
  public record Exchange(Request request, int status, String answer) {}

  private final URI product;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
  private final Queue<Exchange> exchanges = new ConcurrentLinkedQueue<>();
  private final Map<Fate, AtomicInteger> fates = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Function<Request, Fate> rule = _ -> Fate.PASSED;

  public UnreliableProxy(URI product) {
    this.product = product;
    try {
      this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public String address() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** Asked for each request, on the thread of its connection. */
  public void rule(Function<Request, Fate> next) {
    rule = next;
  }

  /** All so far, in the order in which the product has answered them. */
  public List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  /** All so far, also those that were not passed on. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  public int count(Fate fate) {
    return fates.getOrDefault(fate, new AtomicInteger()).get();
  }

  /** Ends all connections there are. */
  public void cut() {
    sockets.forEach(UnreliableProxy::end);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        sockets.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client; InputStream in = new BufferedInputStream(client.getInputStream())) {
      Request request = read(in);
      while (request != null && answer(request, client)) {
        request = read(in);
      }
    } catch (IOException | InterruptedException e) {
      // The client has ended the connection, or this proxy has.
    } finally {
      sockets.remove(client);
    }
  }

  /** Returns whether the connection goes on. */
  private boolean answer(Request request, Socket client) throws IOException, InterruptedException {
    requests.add(request);
    Fate fate = rule.apply(request);
    fates.computeIfAbsent(fate, _ -> new AtomicInteger()).incrementAndGet();
    OutputStream out = client.getOutputStream();
    if (fate == Fate.CUT_BEFORE) {
      return false;
    }
    if (fate == Fate.REFUSED) {
      out
        .write("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone".getBytes(StandardCharsets.US_ASCII));
      return true;
    }
    if (request.upgrades() || request.head().contains("text/event-stream")) {
      tunnel(request, client);
      return false;
    }
    byte[] answer = exchange(request);
    switch (fate) {
      case CUT_WITHIN -> {
        out.write(answer, 0, answer.length / 2);
        return false;
      }
      case STALLED -> {
        out.write(answer, 0, answer.length / 2);
        closed.await();
        return false;
      }
      case DUPLICATED -> {
        out.write(answer);
        out.write(exchange(request));
      }
      default -> out.write(answer);
    }
    return true;
  }

  /** Sends the request on a connection of its own, whose end is the end of the answer. */
  private byte[] exchange(Request request) throws IOException {
    try (Socket server = connect()) {
      String head = request.head().replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
      server.getOutputStream().write((head + request.body()).getBytes(StandardCharsets.ISO_8859_1));
      String answer = new String(server.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      if (answer.isEmpty()) {
        throw new IOException("The product has not answered.");
      }
      exchanges.add(new Exchange(request, Integer.parseInt(answer.substring(9, 12)), answer));
      // The client is to keep its connection, so that late bytes meet its next request.
      return answer.replaceFirst("(?i)\r\nconnection: close", "").getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  private void tunnel(Request request, Socket client) throws IOException {
    Socket server = connect();
    sockets.add(server);
    try (server) {
      server.getOutputStream().write((request.head() + request.body()).getBytes(StandardCharsets.ISO_8859_1));
      Thread up = Thread.ofVirtual().start(() -> pass(client, server));
      pass(server, client);
      up.interrupt();
    } finally {
      sockets.remove(server);
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One end has closed its connection. The code below closes the other.
    } finally {
      end(from);
      end(to);
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), product.getPort());
  }

  /** Null at the end of the connection. Bodies have a length: the JDK's client sends no others. */
  private static @Nullable Request read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      head.append((char) next);
    }
    String text = head.toString();
    String[] words = text.split(" ", 3);
    String body = new String(in.readNBytes(length(text)), StandardCharsets.ISO_8859_1);
    return new Request(words[0], words[1], text, body);
  }

  private static int length(String head) {
    return head.toLowerCase(Locale.ROOT)
      .lines()
      .filter(line -> line.startsWith("content-length:"))
      .map(line -> Integer.parseInt(line.substring("content-length:".length()).strip()))
      .findFirst()
      .orElse(0);
  }

  private static void end(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It was closed already.
    }
  }

  @Override
  public void close() {
    closed.countDown();
    end(listener);
    cut();
  }
}
