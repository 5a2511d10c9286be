package dev.knatter.bench.floor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.datastax.oss.driver.api.core.CqlSession;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.knatter.bench.sending.MessageStore;

/**
 * A send behind the JDK's server, with the stores opened beside it. The variables are those of the product's functions.
 */
public final class Floor implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads;
  private final CompletableFuture<CqlSession> session;
  private final CompletableFuture<Admission> admission;

  private Floor(HttpServer server, ExecutorService threads, CompletableFuture<CqlSession> session,
      CompletableFuture<Admission> admission) {
    this.server = server;
    this.threads = threads;
    this.session = session;
    this.admission = admission;
  }

  /** Serves at once; {@code GET /healthz} answers 503 until the stores are open. */
  public static Floor start(Map<String, String> env) throws IOException {
    // Without it, the JDK's server waits for the client's acknowledgement between the head and the body of an answer.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    CompletableFuture<CqlSession> session = CompletableFuture.supplyAsync(() -> Sessions.open(env),
        Floor::thread);
    CompletableFuture<Admission> admission = CompletableFuture.supplyAsync(
        () -> Admission.open(require(env, "KNATTER_REDIS_URL")), Floor::thread);
    CompletableFuture<MessageStore> messages = session.thenApply(MessageStore::prepare);
    HttpServer server = HttpServer.create(new InetSocketAddress(env.getOrDefault("KNATTER_HOST", "0.0.0.0"),
        Integer.parseInt(env.getOrDefault("PORT", "8080"))), 0);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext("/healthz", exchange -> health(exchange, messages));
    server.createContext("/v1/send", new SendHandler(Tokens.from(env), admission, messages));
    server.start();
    return new Floor(server, threads, session, admission);
  }

  static String require(Map<String, String> env, String name) {
    String value = env.get(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set.");
    }
    return value;
  }

  /** Not the common pool: what opens a store waits for it. */
  private static void thread(Runnable work) {
    Thread.ofPlatform().daemon().start(work);
  }

  /** Holds a probe that comes too early for a while, as the functions do. */
  private static void health(HttpExchange exchange, CompletableFuture<MessageStore> messages)
      throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(opensWithin(75, messages) ? 200 : 503, -1);
    }
  }

  private static boolean opensWithin(long millis, CompletableFuture<MessageStore> messages) {
    try {
      messages.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
    session.join().close();
    admission.join().close();
  }
}
