package dev.knatter.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.jspecify.annotations.Nullable;

/**
 * A web server on this machine, in the role of somebody else's receiver. It remembers the requests that it gets and answers
 * as the test says.
 */
public final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile HttpHandler answer = with(204);

  /** A request. headers: the values by name; the case of a name does not matter. */
  public record Received(String method, String path, Map<String, List<String>> headers, String body) {
    /** Returns the only value of a header. */
    public String header(String name) {
      return headers.entrySet()
        .stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .flatMap(header -> header.getValue().stream())
        .reduce((_, _) -> {
          throw new IllegalStateException(name + " is there twice");
        })
        .orElseThrow();
    }
  }

  private Receiver(@Nullable SSLContext tls) {
    try {
      InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      if (tls == null) {
        server = HttpServer.create(anyPort, 0);
      } else {
        HttpsServer https = HttpsServer.create(anyPort, 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls));
        server = https;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    scheme = tls == null ? "http" : "https";
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  public static Receiver http() {
    return new Receiver(null);
  }

  public static Receiver https(SSLContext tls) {
    return new Receiver(tls);
  }

  /** @param path must begin with a slash */
  public URI url(String path) {
    return URI.create(scheme + "://localhost:" + server.getAddress().getPort() + path);
  }

  /** From now on every answer has this status and no body. */
  public void answer(int status) {
    answer = with(status);
  }

  /** From now on this handler makes every answer. */
  public void answer(HttpHandler handler) {
    answer = handler;
  }

  private static HttpHandler with(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    received.add(new Received(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
        Map.copyOf(exchange.getRequestHeaders()), body));
    try (exchange) {
      answer.handle(exchange);
    }
  }

  /** Returns the requests so far. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  /** Forgets the requests so far. */
  public void forget() {
    received.clear();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
