package dev.knatter.functions.testing;

import java.net.http.HttpResponse;
import java.util.Optional;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The answer of a process. body: a missing node if there is none. */
public record Answer(int status, JsonNode body, HttpResponse<String> http) {
  private static final JsonMapper JSON = new JsonMapper();

  static Answer of(HttpResponse<String> http) {
    return new Answer(http.statusCode(),
        http.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(http.body()), http);
  }

  /** A text member of the body; empty if there is none. */
  public String text(String member) {
    return body.path(member).asString("");
  }

  public Optional<String> header(String name) {
    return http.headers().firstValue(name);
  }
}
