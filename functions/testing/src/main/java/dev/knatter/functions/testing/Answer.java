package dev.knatter.functions.testing;

import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The answer of a process. body: a missing node if there is none. */
public record Answer(int status, JsonNode body, HttpResponse<String> http) {
  private static final JsonMapper JSON = new JsonMapper();
  /** Three seconds are promised. The rest is for a busy machine: whoever hangs takes longer. */
  private static final Duration SOON = Duration.ofSeconds(10);

  static Answer of(HttpResponse<String> http) {
    return new Answer(http.statusCode(),
        http.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(http.body()), http);
  }

  /** The answer to a request that has to be answered soon although a store is away. */
  public static Answer soon(Supplier<Answer> request) {
    return assertTimeout(SOON, request::get);
  }

  /** A text member of the body; empty if there is none. */
  public String text(String member) {
    return body.path(member).asString("");
  }

  /** The JSON pointer of the first error that the body names; a question mark if there is none. */
  public String pointer() {
    return body.path("errors").path(0).path("pointer").asString("?");
  }

  public Optional<String> header(String name) {
    return http.headers().firstValue(name);
  }
}
