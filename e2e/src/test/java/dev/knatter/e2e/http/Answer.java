package dev.knatter.e2e.http;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.StringNode;

/** What was answered. */
public record Answer(int status, HttpHeaders headers, String body) {
  private static final String PROBLEM = "urn:knatter:problem:";

  /** The media type alone; empty when there is none. */
  public String contentType() {
    return header("Content-Type").split(";", 2)[0].strip();
  }

  /** The first of that name; empty when there is none. */
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  public JsonNode json() {
    return body.isEmpty() ? MissingNode.getInstance() : JsonMapper.shared().readTree(body);
  }

  /** What a schema speaks of. */
  JsonNode content() {
    if (contentType().equals("application/x-ndjson")) {
      return lines();
    }
    return contentType().equals("text/plain") ? StringNode.valueOf(body) : json();
  }

  /** Of a body that is a JSON text a line. */
  public ArrayNode lines() {
    ArrayNode lines = JsonMapper.shared().createArrayNode();
    body.lines().map(JsonMapper.shared()::readTree).forEach(lines::add);
    return lines;
  }

  public String text(String member) {
    return json().path(member).asString("");
  }

  /** The name at the end of the problem's type; empty when it is no problem. */
  public String problem() {
    String type = text("type");
    return type.startsWith(PROBLEM) ? type.substring(PROBLEM.length()) : "";
  }

  /** Whether the store was too slow, as on a busy machine. */
  boolean isOfABusyStore() {
    return status == 503 && text("detail").equals("The message store did not answer in time.");
  }

  /** Waits as long as the server asks for. */
  void awaitRetry() {
    Awaitility.await()
      .pollDelay(Duration.ofSeconds(Integer.parseInt(header("Retry-After"))))
      .atMost(Duration.ofMinutes(1))
      .pollInSameThread()
      .until(() -> true);
  }

  /** The places that an invalid-request names. */
  public List<String> pointers() {
    return json().path("errors").valueStream().map(error -> error.path("pointer").asString()).toList();
  }

  @Override
  public String toString() {
    return status + " " + headers.map() + " " + body;
  }
}
