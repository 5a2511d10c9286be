package dev.knatter.functions.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.knatter.adapter.FunctionServer;
import dev.knatter.adapter.ServerOptions;
import dev.knatter.guard.Guard;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Stores;
import tools.jackson.databind.json.JsonMapper;

/** A pod in a test: it serves endpoints over HTTP and has its own connections to the stores. */
public final class Pod implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** As in a cluster, X-Forwarded-For is trusted. */
  private static final Map<String, String> PROXIES = Map.of("KNATTER_TRUSTED_PROXIES", "10.0.0.0/8");

  private final Stores stores;
  private final FunctionServer server;

  public Pod(Env env, Endpoints endpoints) {
    stores = Stores.open(env, Clock.systemUTC());
    server = FunctionServer.start(ServerOptions.from(PROXIES::get).withPort(0).withHost("127.0.0.1"),
        stores::ready, endpoints.make(env, stores, Guard.create(env, stores)));
  }

  /**
   * Sends a POST.
   *
   * @param body    a JSON text, or an object that is converted to one
   * @param headers names and values, alternating
   */
  public Answer post(String path, Object body, String... headers) {
    String text = body instanceof String json ? json : JSON.writeValueAsString(body);
    return exchange(request(path, headers).header("Content-Type", "application/json")
      .POST(BodyPublishers.ofString(text)));
  }

  /**
   * Sends a request.
   *
   * @param body    a JSON text, or an object that is converted to one; another text if there is a Content-Type; empty
   *     for none
   * @param headers names and values, alternating
   */
  public Answer send(String method, String path, Object body, String... headers) {
    String text = body instanceof String json ? json : JSON.writeValueAsString(body);
    HttpRequest.Builder request = request(path, headers);
    if (!text.isEmpty() && !List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    return exchange(
        request.method(method, text.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(text)));
  }

  /** @param headers names and values, one after the other */
  public Answer get(String pathAndQuery, String... headers) {
    return exchange(request(pathAndQuery, headers));
  }

  /** @param headers names and values, one after the other */
  public Answer delete(String path, String... headers) {
    return exchange(request(path, headers).DELETE());
  }

  /**
   * Sends a GET and returns the body as a stream. Throws if the status is not 200.
   *
   * @param headers names and values, alternating
   */
  public InputStream stream(String pathAndQuery, String... headers) {
    try {
      HttpResponse<InputStream> answer = HTTP.send(request(pathAndQuery, headers).build(),
          BodyHandlers.ofInputStream());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(pathAndQuery + " is answered with " + answer.statusCode());
      }
      return answer.body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The address of a path and a query. */
  public URI uri(String target) {
    return URI.create("http://127.0.0.1:" + server.port() + target);
  }

  private HttpRequest.Builder request(String target, String... headers) {
    HttpRequest.Builder request = HttpRequest
      .newBuilder(uri(target))
      .timeout(PATIENCE);
    return headers.length == 0 ? request : request.headers(headers);
  }

  private static Answer exchange(HttpRequest.Builder request) {
    try {
      return Answer.of(HTTP.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return server.port();
  }

  Stores stores() {
    return stores;
  }

  @Override
  public void close() {
    server.close();
    stores.close();
  }
}
