package dev.knatter.shared.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** The key server of an issuer: a real HTTP server that can fail and be slow, and counts requests. */
final class KeyServer implements AutoCloseable {
  private final HttpServer server;
  private final AtomicInteger asked = new AtomicInteger();
  private final Set<String> paths = ConcurrentHashMap.newKeySet();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile int status = 200;
  private volatile String body = "";

  KeyServer(JWK... keys) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    publish(keys);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    paths.add(exchange.getRequestURI().getPath());
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Location", url().replace("/keys", "/elsewhere"));
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
  }

  void publish(JWK... keys) {
    answer(200, new JWKSet(List.of(keys)).toString());
  }

  void answer(int newStatus, String newBody) {
    status = newStatus;
    body = newBody;
  }

  /** From now on the server takes requests and does not answer them, until {@link #resume}. */
  void stall() {
    gate = new CountDownLatch(1);
  }

  void resume() {
    gate.countDown();
  }

  int asked() {
    return asked.get();
  }

  /** Returns the paths that were requested. */
  Set<String> paths() {
    return Set.copyOf(paths);
  }

  @Override
  public void close() {
    resume();
    server.stop(0);
  }
}
