package dev.knatter.packaging.product;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.knatter.packaging.TrainingRequest;

/** The requests of which training sessions are made. */
final class TrainingRequests {
  private TrainingRequests() {}

  /** For a client that accepts nothing uncompressed, however short the answer is. */
  static TrainingRequest compressed(TrainingRequest exchange) {
    return exchange.header("Accept-Encoding", "gzip, identity;q=0");
  }

  static TrainingRequest erasure(String password, int status, String token) {
    return written("POST", "/v1/me/erase", "{\"password\":\"%s\"}".formatted(password), status, token);
  }

  /** From that password to itself: training is repeated. */
  static TrainingRequest password(String current, int status, String token) {
    return written("PUT", "/v1/me/password",
        "{\"current\":\"%s\",\"new\":\"%s\"}".formatted(current, current),
        status, token);
  }

  static TrainingRequest written(String method, String target, String body, int status,
      String token) {
    return authorized(TrainingRequest.post(target, body, status).method(method), token);
  }

  static TrainingRequest authorized(TrainingRequest exchange, String token) {
    return exchange.header("Authorization", token);
  }

  static TrainingRequest event(String body, int status) {
    return TrainingRequest.post("/", body, status)
      .header("ce-specversion", "1.0")
      .header("ce-type", "dev.knative.sources.ping")
      .header("ce-source", "/apis/v1/namespaces/knatter/pingsources/outbox")
      .header("ce-id", UUID.randomUUID().toString());
  }

  static TrainingRequest sent(String body, int status, String token) {
    return TrainingRequest.post("/v1/send", body, status).header("Authorization", token);
  }

  static TrainingRequest read(String target, int status, String token) {
    return TrainingRequest.get(target, status).header("Authorization", token);
  }

  static String message(String to, UUID clientId) {
    return "{\"to\":\"%s\",\"clientId\":\"%s\",\"content\":\"Hello 👋\"}".formatted(to, clientId);
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
