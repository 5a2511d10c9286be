package dev.knatter.packaging.product;

import static dev.knatter.packaging.product.TrainingRequests.authorized;
import static dev.knatter.packaging.product.TrainingRequests.compressed;
import static dev.knatter.packaging.product.TrainingRequests.erasure;
import static dev.knatter.packaging.product.TrainingRequests.event;
import static dev.knatter.packaging.product.TrainingRequests.malformed;
import static dev.knatter.packaging.product.TrainingRequests.message;
import static dev.knatter.packaging.product.TrainingRequests.password;
import static dev.knatter.packaging.product.TrainingRequests.read;
import static dev.knatter.packaging.product.TrainingRequests.sent;
import static dev.knatter.packaging.product.TrainingRequests.unauthenticated;
import static dev.knatter.packaging.product.TrainingRequests.written;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.knatter.packaging.TrainingRequest;
import dev.knatter.shared.token.RefreshToken;

/** The requests that each function gets while it is trained: its usual work, and each way in which it refuses. */
final class TrainingSessions {
  /** How often the usual request is sent, so that the JVM sees which code is worth compiling. */
  private static final int USUAL = 50;
  private static final int UNTIL_TOO_MANY = 20_000;

  private TrainingSessions() {}

  static List<TrainingRequest> register(TrainingUsers users) {
    String name = users.one().name();
    List<TrainingRequest> session = new ArrayList<>(account("/v1/register", name));
    for (int i = 0; i < 3; i++) {
      session.add(TrainingRequest.post("/v1/register", TrainingUsers.account(name + "-" + i), 201));
    }
    session.add(TrainingRequest.post("/v1/register",
        "{\"username\":\"%s-full\",\"password\":\"%s\",\"phoneNumber\":\"+4915112345678\",\"displayName\":\"Ada 👋\"}"
          .formatted(name, TrainingUsers.PASSWORD),
        201));
    session.add(TrainingRequest.post("/v1/register", TrainingUsers.account(name), 409));
    return session;
  }

  static List<TrainingRequest> login(TrainingUsers users) {
    String name = users.one().name();
    List<TrainingRequest> session = new ArrayList<>(account("/v1/login", name));
    for (int i = 0; i < 3; i++) {
      session.add(TrainingRequest.post("/v1/login", TrainingUsers.account(name), 200));
    }
    session.add(TrainingRequest.post("/v1/login",
        "{\"username\":\"%s\",\"password\":\"%s\",\"device\":{\"name\":\"phone\"}}".formatted(name,
            TrainingUsers.PASSWORD),
        200));
    session.add(TrainingRequest.post("/v1/login", TrainingUsers.account(name).replace("horse", "mule"), 401));
    session.add(TrainingRequest.post("/v1/login", TrainingUsers.account(name + "-nobody"), 401));
    return session;
  }

  static List<TrainingRequest> refresh(TrainingUsers users) {
    List<TrainingRequest> session = new ArrayList<>();
    for (TrainingUsers.User user : List.of(users.one(), users.other(), users.loud())) {
      session.add(refreshed(user.refreshToken(), 200));
      session.add(refreshed(user.refreshToken(), 200)); // as a client does that has lost the answer
    }
    session.add(refreshed("none", 401));
    session.add(TrainingRequest.post("/v1/refresh", "{}", 400));
    session.addAll(malformed("/v1/refresh", ""));
    RefreshToken forged = RefreshToken.mint(UUID.randomUUID(), UUID.randomUUID(), 1, new SecureRandom());
    session.add(refreshed(forged.text(), 429).atMost(UNTIL_TOO_MANY));
    return session;
  }

  private static TrainingRequest refreshed(String token, int status) {
    return TrainingRequest.post("/v1/refresh", "{\"refreshToken\":\"" + token + "\"}", status);
  }

  static List<TrainingRequest> logout(TrainingUsers users) {
    List<TrainingRequest> session = new ArrayList<>(malformed("/v1/logout", users.one().authorization()));
    session.addAll(unauthenticated(TrainingRequest.post("/v1/logout", "{}", 401)));
    // Once for each user: a function may accept a token for some seconds after the logout.
    session.add(
        TrainingRequest.post("/v1/logout", "{}", 204).header("Authorization", users.one().authorization()));
    session.add(TrainingRequest.post("/v1/logout", "{\"everywhere\":true}", 204)
      .header("Authorization", users.other().authorization()));
    session.add(TrainingRequest.post("/v1/logout", "everywhere=false", 204)
      .header("Authorization", users.loud().authorization())
      .header("Content-Type", "application/x-www-form-urlencoded"));
    session.add(TrainingRequest.post("/v1/logout", "{}", 429)
      .atMost(UNTIL_TOO_MANY)
      .again(exchange -> exchange.header("Authorization", users.authorization(users.loud()))));
    return session;
  }

  static List<TrainingRequest> sessions(TrainingUsers users) {
    String token = users.one().authorization();
    List<TrainingRequest> session = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      session.add(read("/v1/sessions", 200, token));
    }
    session.add(compressed(read("/v1/sessions", 200, token)));
    session.add(read("/v1/sessions", 200, token).method("HEAD"));
    session.add(read("/v1/sessions?unknown=1", 400, token));
    session.add(read("/v1/sessions", 406, token).header("Accept", "image/png"));
    session.add(read("/v1/sessions", 405, token).method("PUT"));
    session.add(read("/v1/sessions/none", 400, token).method("DELETE"));
    session.add(read("/v1/sessions/" + UUID.randomUUID(), 204, token).method("DELETE"));
    session.addAll(unauthenticated(TrainingRequest.get("/v1/sessions", 401)));
    session.add(read("/v1/sessions", 429, users.loud().authorization()).atMost(UNTIL_TOO_MANY));
    return session;
  }

  static List<TrainingRequest> jwks(TrainingUsers users) {
    String path = "/.well-known/jwks.json";
    List<TrainingRequest> session = new ArrayList<>();
    for (int i = 0; i < USUAL; i++) {
      session.add(TrainingRequest.get(path, 200));
    }
    session.add(TrainingRequest.get(path, 304).header("If-None-Match", "*"));
    session.add(TrainingRequest.get(path, 200).method("HEAD"));
    session.add(TrainingRequest.get(path + "?unknown=1", 400));
    session.add(TrainingRequest.get(path, 406).header("Accept", "image/png"));
    session.add(TrainingRequest.get(path, 405).method("DELETE"));
    session.add(TrainingRequest.get("/elsewhere", 404));
    return session;
  }

  /** What register and login both refuse. */
  private static List<TrainingRequest> account(String path, String name) {
    List<TrainingRequest> session = new ArrayList<>(malformed(path, ""));
    session
      .add(TrainingRequest.post(path, "{\"username\":\"%s-many\",\"password\":\"short\"}".formatted(name),
          400));
    // Only valid requests are counted and hashed: the limit lets some dozen pass.
    session
      .add(TrainingRequest.post(path, TrainingUsers.account(name + "-many"), 429).atMost(UNTIL_TOO_MANY));
    return session;
  }

  static List<TrainingRequest> send(TrainingUsers users) {
    String token = users.one().authorization();
    String to = users.other().name();
    List<TrainingRequest> session = new ArrayList<>();
    for (int i = 0; i < USUAL; i++) {
      session.add(sent(message(to, TrainingUsers.clientId()), 201, token));
    }
    String twice = message(to, TrainingUsers.clientId());
    session.add(sent(twice, 201, token));
    session.add(sent(twice, 201, token));
    session.add(sent(twice.replace("Hello", "Goodbye"), 422, token));
    session.add(sent("{\"to\":\"%s\",\"content\":\"no id\"}".formatted(to), 201, token));
    session.add(sent("{\"to\":\"%s\",\"content\":\"a key\"}".formatted(to), 201, token)
      .header("Idempotency-Key", "\"training\""));
    session.add(sent("to=%s&content=a+form".formatted(to), 201, token)
      .header("Content-Type", "application/x-www-form-urlencoded"));
    session.add(sent(message("nobody-" + to, TrainingUsers.clientId()), 404, token));
    session.add(sent("{\"to\":\"%s\",\"content\":\"\"}".formatted(to), 400, token));
    session.add(sent("{\"to\":\"%s\",\"content\":\"late\",\"clientId\":\"%s\"}".formatted(to,
        "01890a5d-ac96-774b-bcce-b302099a8057"), 422, token));
    session.addAll(malformed("/v1/send", token));
    session
      .addAll(unauthenticated(TrainingRequest.post("/v1/send", message(to, TrainingUsers.clientId()), 401)));
    session.add(sent("{\"content\":\"\"}", 429, users.loud().authorization()).atMost(UNTIL_TOO_MANY));
    return session;
  }

  static List<TrainingRequest> messages(TrainingUsers users) {
    String token = users.one().authorization();
    String with = "/v1/messages?with=" + users.other().name();
    List<TrainingRequest> session = new ArrayList<>();
    for (int i = 0; i < USUAL; i++) {
      session.add(read(with, 200, token));
    }
    session.add(read("/v1/messages", 200, token));
    session.add(compressed(read("/v1/messages?limit=10", 200, users.other().authorization())));
    session.add(read("/v1/messages?with=nobody-" + users.other().name(), 404, token));
    session.add(read("/v1/messages?limit=0", 400, token));
    session.add(read("/v1/messages?limit=x", 400, token));
    session.add(read("/v1/messages?unknown=1", 400, token));
    session.add(read("/v1/messages?before=forged", 400, token));
    session.add(read("/v1/messages", 406, token).header("Accept", "image/png"));
    session.add(read(with, 200, token).method("HEAD"));
    session.add(read("/v1/messages", 405, token).method("DELETE"));
    session.addAll(unauthenticated(TrainingRequest.get(with, 401)));
    session.add(read("/v1/messages?limit=0", 429, users.loud().authorization()).atMost(UNTIL_TOO_MANY));
    return session;
  }

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

  static List<TrainingRequest> users(TrainingUsers users) {
    String token = users.one().authorization();
    String user = "/v1/users/" + users.other().name();
    String lookup = "/v1/users/lookup";
    List<TrainingRequest> session = new ArrayList<>();
    for (int i = 0; i < USUAL; i++) {
      session.add(read(user, 200, token));
    }
    session.add(compressed(read(user, 200, token)));
    session.add(read("/v1/users/nobody-" + users.other().name(), 404, token));
    session.add(read(user + "?unknown=1", 400, token));
    session.add(authorized(TrainingRequest.post(lookup, "{\"phoneNumber\":\"+999000000001\"}", 404), token));
    session.add(authorized(TrainingRequest.post(lookup, "{\"phoneNumber\":\"123\"}", 400), token));
    session.addAll(malformed(lookup, token));
    session.addAll(unauthenticated(TrainingRequest.get(user, 401)));
    session.add(read(user, 429, users.loud().authorization()).atMost(UNTIL_TOO_MANY));
    return session;
  }

  static List<TrainingRequest> account(TrainingUsers users) {
    String token = users.one().authorization();
    String key = "/v1/me/keys/training";
    String block = "/v1/blocks/" + users.loud().name();
    List<TrainingRequest> session = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      session.add(read("/v1/me", 200, token));
    }
    session.add(compressed(read("/v1/me", 200, token)));
    session.add(written("PATCH", "/v1/me", "{\"displayName\":\"Ada 👋\",\"phoneNumber\":\"+999123456789\"}",
        200, token));
    session.add(written("PATCH", "/v1/me", "{\"displayName\":null,\"phoneNumber\":null}", 200, token));
    session.add(written("PATCH", "/v1/me", "{\"displayName\":\"\"}", 400, token));
    session
      .add(written("PUT", key, "{\"algorithm\":\"X25519\",\"publicKey\":\"AAAA\",\"device\":\"x\"}", 204,
          token));
    session.add(written("PUT", key, "{\"algorithm\":\"X25519\",\"publicKey\":\"?\"}", 400, token));
    session.add(read(key, 204, token).method("DELETE"));
    session.add(read(block, 204, token).method("PUT"));
    session.add(read("/v1/blocks", 200, token));
    session.add(read(block, 204, token).method("DELETE"));
    session.add(read("/v1/blocks/nobody-" + users.loud().name(), 404, token).method("PUT"));
    session.add(password(TrainingUsers.PASSWORD, 204, token));
    session.add(password("the password of a stranger", 403, token));
    session.add(written("PUT", "/v1/me/password", "{\"current\":\"short\"}", 400, token));
    session.addAll(unauthenticated(TrainingRequest.get("/v1/me", 401)));
    session.add(read("/v1/me", 405, token).method("POST"));
    session.add(erasure("the password of a stranger", 403, token));
    session.add(erasure("short", 400, token));
    session.add(TrainingRequest.get("/v1/erasures/00000000-0000-4000-8000-000000000000", 404));
    session.add(erasure(TrainingUsers.PASSWORD, 202, users.other().authorization()));
    session.add(read("/v1/me", 429, users.loud().authorization()).atMost(UNTIL_TOO_MANY));
    return session;
  }

  static List<TrainingRequest> export(TrainingUsers users) {
    String token = users.one().authorization();
    String path = "/v1/me/export";
    List<TrainingRequest> session = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      session.add(read(path, 200, token));
    }
    session.add(compressed(read(path, 200, token)));
    session.add(read(path, 200, token).method("HEAD"));
    session.add(read(path + "?after=forged", 400, token));
    session.add(read(path + "?unknown=1", 400, token));
    session.add(read(path, 406, token).header("Accept", "image/png"));
    session.add(read(path, 405, token).method("DELETE"));
    session.addAll(unauthenticated(TrainingRequest.get(path, 401)));
    session.add(read(path + "?after=forged", 429, users.loud().authorization()).atMost(UNTIL_TOO_MANY));
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
      session.add(event("{\"id\":\"%s\",\"conversationId\":\"%s\"}".formatted(TrainingUsers.clientId(),
          UUID.randomUUID()), 202));
    }
    session.add(event("{", 400));
    session.add(event("{\"id\":\"none\"}", 400));
    session.add(TrainingRequest.post("/", "{}", 400));
    session.add(TrainingRequest.get("/", 405));
    session.add(TrainingRequest.get("/elsewhere", 404));
    return session;
  }
}
