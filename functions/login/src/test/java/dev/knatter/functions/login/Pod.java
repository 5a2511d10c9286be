package dev.knatter.functions.login;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import dev.knatter.adapter.FunctionServer;
import dev.knatter.adapter.ServerOptions;
import dev.knatter.core.Env;
import dev.knatter.core.store.Stores;
import dev.knatter.guard.Guard;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One process that serves this function, with connections of its own, and what it answers over HTTP. */
final class Pod implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Stores stores;
  private final FunctionServer server;

  Pod(Map<String, String> variables) {
    Env env = Env.of(variables);
    stores = Stores.open(env, Clock.systemUTC());
    server = FunctionServer.start(ServerOptions.from(_ -> null).withPort(0).withHost("127.0.0.1"),
        stores::ready,
        Login.endpoints(env, stores, Guard.create(env, stores)));
  }

  record Answer(int status, JsonNode body, HttpResponse<String> http) {
    String text(String member) {
      return body.path(member).asString("");
    }
  }

  Answer login(Map<String, ?> body) {
    return post(JSON.writeValueAsString(body));
  }

  Answer post(String json) {
    HttpRequest request = HttpRequest
      .newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/login"))
      .timeout(Duration.ofSeconds(20))
      .header("Content-Type", "application/json")
      .POST(BodyPublishers.ofString(json))
      .build();
    try {
      HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
      return new Answer(answer.statusCode(), JSON.readTree(answer.body()), answer);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean ready() {
    return stores.ready();
  }

  @Override
  public void close() {
    server.close();
    stores.close();
  }
}
