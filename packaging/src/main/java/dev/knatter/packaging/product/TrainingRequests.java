package dev.knatter.packaging.product;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.knatter.packaging.TrainingRequest;

/** What training sessions are made of: the usual requests of a function, and each way in which it refuses some. */
final class TrainingRequests {
  /** How often the usual request is sent, so that the JVM sees which code is worth compiling. */
  static final int USUAL = 50;
  /** How often a request may be sent until it is refused because there were too many. */
  static final int UNTIL_TOO_MANY = 20_000;

  private TrainingRequests() {}

  /** For a client that accepts nothing uncompressed, however short the answer is. */
  static TrainingRequest compressed(TrainingRequest exchange) {
    return exchange.header("Accept-Encoding", "gzip, identity;q=0");
  }

  static TrainingRequest written(String method, String target, String body, int status,
      String token) {
    return authorized(TrainingRequest.post(target, body, status).method(method), token);
  }

  static TrainingRequest authorized(TrainingRequest exchange, String token) {
    return exchange.header("Authorization", token);
  }

  static TrainingRequest event(String body, int status) {
    return event("dev.knative.sources.ping", body, status);
  }

  static TrainingRequest event(String type, String body, int status) {
    return TrainingRequest.post("/", body, status)
      .header("ce-specversion", "1.0")
      .header("ce-type", type)
      .header("ce-source", "/apis/v1/namespaces/knatter/pingsources/outbox")
      .header("ce-id", UUID.randomUUID().toString());
  }

  static TrainingRequest read(String target, int status, String token) {
    return authorized(TrainingRequest.get(target, status), token);
  }

  /** What is refused before a function sees it. */
  static List<TrainingRequest> malformed(String path, String token) {
    List<TrainingRequest> session = new ArrayList<>(List.of(
        TrainingRequest.post(path, "{", 400),
        TrainingRequest.post(path, "[]", 400),
        TrainingRequest.post(path, "{\"unknown\":true}", 400),
        TrainingRequest.post(path, "text", 415).header("Content-Type", "text/plain"),
        TrainingRequest.post(path, "{}", 406).header("Accept", "image/png"),
        TrainingRequest.post(path, " ".repeat(200_000), 413),
        TrainingRequest.get(path, 405).method("DELETE"),
        TrainingRequest.get(path, 204).method("OPTIONS"),
        TrainingRequest.get("/elsewhere", 404)));
    if (!token.isEmpty()) {
      session.replaceAll(exchange -> exchange.header("Authorization", token));
    }
    return session;
  }

  static List<TrainingRequest> unauthenticated(TrainingRequest exchange) {
    return List.of(exchange, exchange.header("Authorization", "Bearer none"),
        exchange.header("Authorization", "Bearer e30.e30.e30"));
  }
}
