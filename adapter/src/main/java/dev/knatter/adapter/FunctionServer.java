package dev.knatter.adapter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import dev.knatter.adapter.held.HeldConnections;
import dev.knatter.adapter.http.Capacity;
import dev.knatter.adapter.http.HttpServer;
import dev.knatter.adapter.http.ServerLimits;
import dev.knatter.adapter.json.Json;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;

/**
 * Serves functions over HTTP/1.1 as a Knative service does: on one port, with readiness on {@code GET /healthz} and metrics on
 * {@code GET /metrics}.
 */
public final class FunctionServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionServer.class);

  /** How long functions may take to learn of the ends of their connections, after all of these have ended. */
  private static final Duration LAST_CALLS = Duration.ofSeconds(5);

  private final HttpServer server;
  private final List<HeldConnections> held;

  private FunctionServer(HttpServer server, List<HeldConnections> held) {
    this.server = server;
    this.held = held;
  }

  /**
   * Binds the port and serves. Functions run on virtual threads.
   *
   * @param ready     whether the first request would be answered quickly; asked by every {@code GET /healthz} (200, or
   *                  503 after a short while), so it must not block
   * @param endpoints registered in a catalog of Spring Cloud Function, and looked up there, once
   * @throws IllegalArgumentException when two endpoints answer the same request, or an input lacks a path variable
   */
  public static FunctionServer start(ServerOptions options, BooleanSupplier ready,
      List<? extends Endpoint<?>> endpoints) {
    return start(options, Readiness.of(ready), _ -> {}, endpoints);
  }

  /**
   * The same, and a probe and the metrics also say what is missing.
   *
   * @param meters what the functions have to report to Prometheus. It is bound to a registry after the first answer
   */
  public static FunctionServer start(ServerOptions options, Readiness readiness, MeterBinder meters,
      List<? extends Endpoint<?>> endpoints) {
    Json json = new Json();
    Problems problems = new Problems(json, options.problemPrefix());
    Functions functions = new Functions(endpoints);
    CallerAddress callers = new CallerAddress(options.trustedProxies(), System::nanoTime);
    Cors cors = new Cors(options.origins());
    List<Operation> operations = new ArrayList<>();
    List<StreamOperation> streams = new ArrayList<>();
    for (Endpoint<?> endpoint : endpoints) {
      Route<?> route = endpoint.route();
      Function<Message<?>, Message<?>> function = functions.handle(route.function());
      if (endpoint.streaming() != null) {
        streams.add(new StreamOperation(route, function, endpoint.streaming(), options.maxConcurrent(), json,
            problems, callers, cors));
      } else {
        operations.add(route.takesEvents()
            ? new EventOperation(route, function, json, problems)
            : new RequestOperation(route, function, json, problems, callers));
      }
    }
    operations.addAll(streams);
    ServerOptions.Timeouts timeouts = options.timeouts();
    ServerLimits limits = new ServerLimits(options.maxConcurrent(), options.maxWaiting(),
        options.maxBufferedBytes(), timeouts.idle(), timeouts.head(), timeouts.body(), timeouts.stop());
    Capacity capacity = new Capacity(limits);
    Dispatcher dispatcher = new Dispatcher(new Router(operations), readiness, registry -> {
      bind(capacity, registry);
      streams.forEach(stream -> stream.connections().bindTo(registry, stream.route().function()));
      meters.bindTo(registry);
    }, problems, cors);
    return new FunctionServer(new HttpServer(options.host(), options.port(), limits, capacity, dispatcher),
        streams.stream().map(StreamOperation::connections).toList());
  }

  private static void bind(Capacity capacity, MeterRegistry registry) {
    Gauge.builder("http.server.active.requests", capacity, Capacity::openRequests)
      .description("Requests that run now, without long polls.")
      .register(registry);
    Gauge.builder("http.server.long.polls", capacity, Capacity::openLongPolls)
      .description("Long polls that are open now.")
      .register(registry);
    Gauge.builder("http.server.held.waiting", capacity, Capacity::waitingBytes)
      .baseUnit("bytes")
      .description("Bytes that wait for the clients of held connections.")
      .register(registry);
  }

  public int port() {
    return server.port();
  }

  /** Stops accepting, finishes what runs (for at most {@code timeouts.stop}), and closes every connection. */
  @Override
  public void close() {
    server.close();
    held.forEach(connections -> connections.awaitEmpty(LAST_CALLS));
  }

  /**
   * Starts and serves until SIGTERM or SIGINT; then closes, runs {@code after} (close the stores) and exits with 0.
   */
  public static void run(ServerOptions options, BooleanSupplier ready, List<? extends Endpoint<?>> endpoints,
      Runnable after) {
    run(options, Readiness.of(ready), _ -> {}, endpoints, after);
  }

  /**
   * The same, and a probe and the metrics also say what is missing.
   *
   * @param meters what the functions have to report to Prometheus. It is bound to a registry after the first answer
   */
  public static void run(ServerOptions options, Readiness readiness, MeterBinder meters,
      List<? extends Endpoint<?>> endpoints, Runnable after) {
    FunctionServer server = start(options, readiness, meters, endpoints);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      server.close();
      try {
        after.run();
      } catch (RuntimeException e) {
        LOG.warn("Closing after the last request failed", e);
      }
      // By itself the JVM would report the signal as its exit code, and an operator would see a failure.
      Runtime.getRuntime().halt(0);
    }, "stop"));
    LOG.info("Serving on port {}", server.port());
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      server.close();
    }
  }
}
