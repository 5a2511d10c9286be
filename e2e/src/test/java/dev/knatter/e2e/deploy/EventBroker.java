package dev.knatter.e2e.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.knatter.e2e.http.Request;
import dev.knatter.embedded.Checkout;
import dev.knatter.local.Eventing;
import dev.knatter.local.broker.Delivery;
import dev.knatter.local.broker.InMemoryBroker;
import dev.knatter.local.broker.Trigger;

/** The broker of one process per function: it has the Triggers of {@code knative/eventing}, and one more that sees everything. */
public final class EventBroker implements AutoCloseable {
  /** An event as a subscriber gets it; attributes without their prefix. */
  public record Observed(Map<String, String> attributes, String data) {
    public String id() {
      return attributes.getOrDefault("id", "");
    }

    public String type() {
      return attributes.getOrDefault("type", "");
    }
  }

  private static final String PREFIX = "ce-";

  private final Eventing eventing = Eventing.read(Checkout.root().resolve("knative").resolve("eventing"));
  private final InMemoryBroker broker = InMemoryBroker.start(0, eventing.path());
  private final List<Observed> observed = new CopyOnWriteArrayList<>();
  private final HttpServer observer;
  private final HttpClient client = HttpClient.newHttpClient();

  EventBroker() {
    try {
      observer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    observer.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    observer.createContext("/", this::observe);
    observer.start();
  }

  private void observe(HttpExchange exchange) throws IOException {
    Map<String, String> attributes = new TreeMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> {
      if (name.regionMatches(/* ignoreCase= */ true, 0, PREFIX, 0, PREFIX.length())) {
        attributes.put(name.substring(PREFIX.length()).toLowerCase(Locale.ROOT), values.getFirst());
      }
    });
    observed.add(new Observed(attributes,
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    exchange.sendResponseHeaders(202, -1);
    exchange.close();
  }

  /** The value of {@code K_SINK}. */
  public URI uri() {
    return broker.uri();
  }

  /** Sends an event to the broker and returns the status of its answer. */
  public int publish(Request event) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri())
      .timeout(Duration.ofSeconds(30))
      .header("Content-Type", event.contentType())
      .POST(HttpRequest.BodyPublishers.ofString(event.body()));
    event.headers().forEach(field -> request.header(field.getKey(), field.getValue()));
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Everything that went through the broker. */
  public List<Observed> observed() {
    return observed;
  }

  /** @param deployment whose functions get the events */
  void connect(Deployment deployment) {
    eventing.triggers(function -> deployment.function(function).map(pod -> pod.uri("/")).orElse(null))
      .forEach(broker::subscribe);
    broker.subscribe(new Trigger("observer", Map.of(), /* ordered= */ false,
        URI.create("http://127.0.0.1:" + observer.getAddress().getPort() + "/"),
        new Delivery(5, Delivery.Backoff.LINEAR, Duration.ofMillis(100)), null));
  }

  @Override
  public void close() {
    broker.close();
    observer.stop(0);
    client.close();
  }
}
