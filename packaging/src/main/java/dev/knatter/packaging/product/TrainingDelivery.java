package dev.knatter.packaging.product;

import static dev.knatter.packaging.product.TrainingRequests.UNTIL_TOO_MANY;
import static dev.knatter.packaging.product.TrainingRequests.compressed;
import static dev.knatter.packaging.product.TrainingRequests.event;
import static dev.knatter.packaging.product.TrainingRequests.malformed;
import static dev.knatter.packaging.product.TrainingRequests.read;
import static dev.knatter.packaging.product.TrainingRequests.unauthenticated;
import static dev.knatter.packaging.product.TrainingRequests.written;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.knatter.packaging.TrainingRequest;

/** The requests and events for the functions that deliver events: the outbox, webhooks, and dead letters. */
final class TrainingDelivery {
  private static final String SENT = "dev.knatter.message.sent.v1";

  private TrainingDelivery() {}

  static List<TrainingRequest> outbox(TrainingUsers users) {
    List<TrainingRequest> session = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      session.add(event("{}", 202));
    }
    session.add(event("{", 400));
    session.add(event("{\"unknown\":1}", 400));
    session.add(TrainingRequest.post("/", "{}", 400));
    session.add(TrainingRequest.post("/", """
        {"specversion":"1.0","type":"dev.knative.sources.ping","source":"/training","id":"%s","data":{}}"""
      .formatted(users.one().name()), 202).header("Content-Type", "application/cloudevents+json"));
    session.add(TrainingRequest.get("/", 405));
    session.add(TrainingRequest.get("/elsewhere", 404));
    return session;
  }

  /** Without retries: they need a broker. */
  static List<TrainingRequest> deadLetters(TrainingUsers users) {
    String token = users.authorization(users.one());
    String path = "/v1/dead-letters";
    String unknown = path + "/00000000-0000-4000-8000-000000000000";
    List<TrainingRequest> session = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      session.add(event("{\"message\":\"Hello\"}", 202).header("ce-knativeerrorcode", "400")
        .header("ce-knativeerrordata", "bm90IGZvdW5k"));
      session.add(event("text", 202).header("Content-Type", "text/plain"));
      session.add(read(path, 200, token));
    }
    session.add(compressed(read(path + "?limit=1", 200, token)));
    session.add(read(path + "?before=forged", 400, token));
    session.add(read(path + "?limit=0", 400, token));
    session.add(read(path, 403, users.other().authorization()));
    session.add(read(unknown, 404, token));
    session.add(read(unknown, 204, token).method("DELETE"));
    session.add(read(path + "/none", 400, token));
    session.add(TrainingRequest.post("/", "{}", 400));
    session.addAll(unauthenticated(TrainingRequest.get(path, 401)));
    session.add(read(path, 429, users.loud().authorization()).atMost(UNTIL_TOO_MANY));
    return session;
  }

  static List<TrainingRequest> webhooks(TrainingUsers users) {
    String token = users.one().authorization();
    String path = "/v1/webhooks";
    String unknown = path + "/" + UUID.randomUUID();
    List<TrainingRequest> session = new ArrayList<>();
    for (int i = 0; i < 3; i++) { // under a key, because nobody may have more than ten and training is repeated
      session.add(written("POST", path, "{\"url\":\"https://hooks.example.com/\"}", 201, token)
        .header("Idempotency-Key", "training-" + i));
    }
    for (int i = 0; i < 20; i++) {
      session.add(read(path, 200, token));
    }
    session.add(compressed(read(path, 200, token)));
    session.add(written("POST", path, "{\"url\":\"https://10.0.0.1/\"}", 400, token));
    session.add(written("PATCH", unknown, "{\"types\":[]}", 404, token));
    session.add(read(unknown + "/rotate", 404, token).method("POST"));
    session.add(read(unknown + "/test", 404, token).method("POST"));
    session.add(read(unknown + "/deliveries", 404, token));
    session.add(read(unknown, 204, token).method("DELETE"));
    session.addAll(malformed(path, token));
    session.addAll(unauthenticated(TrainingRequest.get(path, 401)));
    session.add(read(path, 429, users.loud().authorization()).atMost(UNTIL_TOO_MANY));
    return session;
  }

  static List<TrainingRequest> deliver(TrainingUsers users) {
    List<TrainingRequest> session = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      session.add(event(SENT, "{\"id\":\"%s\",\"conversationId\":\"%s\"}".formatted(TrainingUsers.clientId(),
          UUID.randomUUID()), 202));
    }
    session.add(event(SENT, "{", 400));
    session.add(event(SENT, "{\"id\":\"none\"}", 400));
    session.add(TrainingRequest.post("/", "{}", 400));
    session.add(TrainingRequest.get("/", 405));
    session.add(TrainingRequest.get("/elsewhere", 404));
    return session;
  }
}
