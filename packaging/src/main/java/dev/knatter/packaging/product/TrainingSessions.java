package dev.knatter.packaging.product;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.knatter.packaging.TrainingRequest;
import dev.knatter.shared.token.RefreshToken;

/** What each function is asked while it is trained: what it does every day, and each way in which it refuses. */
final class TrainingSessions {
  /** So often is the usual asked, that the JVM knows which code is worth compiling. */
  private static final int USUAL = 50;
  private static final int UNTIL_TOO_MANY = 20_000;

  private TrainingSessions() {}

  static List<TrainingRequest> register(People people) {
    String name = people.one().name();
    List<TrainingRequest> session = new ArrayList<>(account("/v1/register", name));
    for (int i = 0; i < 3; i++) {
      session.add(TrainingRequest.post("/v1/register", People.account(name + "-" + i), 201));
    }
    session.add(TrainingRequest.post("/v1/register",
        "{\"username\":\"%s-full\",\"password\":\"%s\",\"phoneNumber\":\"+4915112345678\",\"displayName\":\"Ada 👋\"}"
          .formatted(name, People.PASSWORD),
        201));
    session.add(TrainingRequest.post("/v1/register", People.account(name), 409));
    return session;
  }

  static List<TrainingRequest> login(People people) {
    String name = people.one().name();
    List<TrainingRequest> session = new ArrayList<>(account("/v1/login", name));
    for (int i = 0; i < 3; i++) {
      session.add(TrainingRequest.post("/v1/login", People.account(name), 200));
    }
    session.add(TrainingRequest.post("/v1/login",
        "{\"username\":\"%s\",\"password\":\"%s\",\"device\":{\"name\":\"phone\"}}".formatted(name,
            People.PASSWORD),
        200));
    session.add(TrainingRequest.post("/v1/login", People.account(name).replace("horse", "mule"), 401));
    session.add(TrainingRequest.post("/v1/login", People.account(name + "-nobody"), 401));
    return session;
  }

  static List<TrainingRequest> refresh(People people) {
    List<TrainingRequest> session = new ArrayList<>();
    for (People.Person person : List.of(people.one(), people.other(), people.loud())) {
      session.add(refreshed(person.refreshToken(), 200));
      session.add(refreshed(person.refreshToken(), 200)); // as a client does whose answer was lost
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

  static List<TrainingRequest> logout(People people) {
    List<TrainingRequest> session = new ArrayList<>(malformed("/v1/logout", people.one().authorization()));
    session.addAll(unauthenticated(TrainingRequest.post("/v1/logout", "{}", 401)));
    // Once a person: who has logged out is let in for seconds more, and nobody knows for how many.
    session.add(
        TrainingRequest.post("/v1/logout", "{}", 204).header("Authorization", people.one().authorization()));
    session.add(TrainingRequest.post("/v1/logout", "{\"everywhere\":true}", 204)
      .header("Authorization", people.other().authorization()));
    session.add(TrainingRequest.post("/v1/logout", "everywhere=false", 204)
      .header("Authorization", people.loud().authorization())
      .header("Content-Type", "application/x-www-form-urlencoded"));
    session.add(TrainingRequest.post("/v1/logout", "{}", 429)
      .atMost(UNTIL_TOO_MANY)
      .again(exchange -> exchange.header("Authorization", people.authorization(people.loud()))));
    return session;
  }

  static List<TrainingRequest> sessions(People people) {
    String token = people.one().authorization();
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
    session.add(read("/v1/sessions", 429, people.loud().authorization()).atMost(UNTIL_TOO_MANY));
    return session;
  }

  static List<TrainingRequest> jwks(People people) {
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

  /** What both of them refuse. */
  private static List<TrainingRequest> account(String path, String name) {
    List<TrainingRequest> session = new ArrayList<>(malformed(path, ""));
    session
      .add(TrainingRequest.post(path, "{\"username\":\"%s-many\",\"password\":\"short\"}".formatted(name),
          400));
    // Only what passes the checks is counted, and hashed: some dozen are let in.
    session.add(TrainingRequest.post(path, People.account(name + "-many"), 429).atMost(UNTIL_TOO_MANY));
    return session;
  }

  static List<TrainingRequest> send(People people) {
    String token = people.one().authorization();
    String to = people.other().name();
    List<TrainingRequest> session = new ArrayList<>();
    for (int i = 0; i < USUAL; i++) {
      session.add(sent(message(to, People.clientId()), 201, token));
    }
    String twice = message(to, People.clientId());
    session.add(sent(twice, 201, token));
    session.add(sent(twice, 201, token));
    session.add(sent(twice.replace("Hello", "Goodbye"), 422, token));
    session.add(sent("{\"to\":\"%s\",\"content\":\"no id\"}".formatted(to), 201, token));
    session.add(sent("{\"to\":\"%s\",\"content\":\"a key\"}".formatted(to), 201, token)
      .header("Idempotency-Key", "\"training\""));
    session.add(sent("to=%s&content=a+form".formatted(to), 201, token)
      .header("Content-Type", "application/x-www-form-urlencoded"));
    session.add(sent(message("nobody-" + to, People.clientId()), 404, token));
    session.add(sent("{\"to\":\"%s\",\"content\":\"\"}".formatted(to), 400, token));
    session.add(sent("{\"to\":\"%s\",\"content\":\"late\",\"clientId\":\"%s\"}".formatted(to,
        "01890a5d-ac96-774b-bcce-b302099a8057"), 422, token));
    session.addAll(malformed("/v1/send", token));
    session.addAll(unauthenticated(TrainingRequest.post("/v1/send", message(to, People.clientId()), 401)));
    session.add(sent("{\"content\":\"\"}", 429, people.loud().authorization()).atMost(UNTIL_TOO_MANY));
    return session;
  }

  static List<TrainingRequest> messages(People people) {
    String token = people.one().authorization();
    String with = "/v1/messages?with=" + people.other().name();
    List<TrainingRequest> session = new ArrayList<>();
    for (int i = 0; i < USUAL; i++) {
      session.add(read(with, 200, token));
    }
    session.add(read("/v1/messages", 200, token));
    session.add(compressed(read("/v1/messages?limit=10", 200, people.other().authorization())));
    session.add(read("/v1/messages?with=nobody-" + people.other().name(), 404, token));
    session.add(read("/v1/messages?limit=0", 400, token));
    session.add(read("/v1/messages?limit=x", 400, token));
    session.add(read("/v1/messages?unknown=1", 400, token));
    session.add(read("/v1/messages?before=forged", 400, token));
    session.add(read("/v1/messages", 406, token).header("Accept", "image/png"));
    session.add(read(with, 200, token).method("HEAD"));
    session.add(read("/v1/messages", 405, token).method("DELETE"));
    session.addAll(unauthenticated(TrainingRequest.get(with, 401)));
    session.add(read("/v1/messages?limit=0", 429, people.loud().authorization()).atMost(UNTIL_TOO_MANY));
    return session;
  }

  static List<TrainingRequest> outbox(People people) {
    List<TrainingRequest> session = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      session.add(event("{}", 202));
    }
    session.add(event("{", 400));
    session.add(event("{\"unknown\":1}", 400));
    session.add(TrainingRequest.post("/", "{}", 400));
    session.add(TrainingRequest.post("/", """
        {"specversion":"1.0","type":"dev.knative.sources.ping","source":"/training","id":"%s","data":{}}"""
      .formatted(people.one().name()), 202).header("Content-Type", "application/cloudevents+json"));
    session.add(TrainingRequest.get("/", 405));
    session.add(TrainingRequest.get("/elsewhere", 404));
    return session;
  }

  static List<TrainingRequest> users(People people) {
    String token = people.one().authorization();
    String user = "/v1/users/" + people.other().name();
    String lookup = "/v1/users/lookup";
    List<TrainingRequest> session = new ArrayList<>();
    for (int i = 0; i < USUAL; i++) {
      session.add(read(user, 200, token));
    }
    session.add(compressed(read(user, 200, token)));
    session.add(read("/v1/users/nobody-" + people.other().name(), 404, token));
    session.add(read(user + "?unknown=1", 400, token));
    session.add(authorized(TrainingRequest.post(lookup, "{\"phoneNumber\":\"+999000000001\"}", 404), token));
    session.add(authorized(TrainingRequest.post(lookup, "{\"phoneNumber\":\"123\"}", 400), token));
    session.addAll(malformed(lookup, token));
    session.addAll(unauthenticated(TrainingRequest.get(user, 401)));
    session.add(read(user, 429, people.loud().authorization()).atMost(UNTIL_TOO_MANY));
    return session;
  }

  static List<TrainingRequest> account(People people) {
    String token = people.one().authorization();
    String key = "/v1/me/keys/training";
    String block = "/v1/blocks/" + people.loud().name();
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
    session.add(read("/v1/blocks/nobody-" + people.loud().name(), 404, token).method("PUT"));
    session.add(password(People.PASSWORD, 204, token));
    session.add(password("the password of a stranger", 403, token));
    session.add(written("PUT", "/v1/me/password", "{\"current\":\"short\"}", 400, token));
    session.addAll(unauthenticated(TrainingRequest.get("/v1/me", 401)));
    session.add(read("/v1/me", 405, token).method("POST"));
    session.add(erasure("the password of a stranger", 403, token));
    session.add(erasure("short", 400, token));
    session.add(TrainingRequest.get("/v1/erasures/00000000-0000-4000-8000-000000000000", 404));
    session.add(erasure(People.PASSWORD, 202, people.other().authorization()));
    session.add(read("/v1/me", 429, people.loud().authorization()).atMost(UNTIL_TOO_MANY));
    return session;
  }

  static List<TrainingRequest> export(People people) {
    String token = people.one().authorization();
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
    session.add(read(path + "?after=forged", 429, people.loud().authorization()).atMost(UNTIL_TOO_MANY));
    return session;
  }

  /** For one who takes nothing else, however short it is. */
  private static TrainingRequest compressed(TrainingRequest exchange) {
    return exchange.header("Accept-Encoding", "gzip, identity;q=0");
  }

  private static TrainingRequest erasure(String password, int status, String token) {
    return written("POST", "/v1/me/erase", "{\"password\":\"%s\"}".formatted(password), status, token);
  }

  /** From that password to itself: training is repeated. */
  private static TrainingRequest password(String current, int status, String token) {
    return written("PUT", "/v1/me/password",
        "{\"current\":\"%s\",\"new\":\"%s\"}".formatted(current, current),
        status, token);
  }

  private static TrainingRequest written(String method, String target, String body, int status,
      String token) {
    return authorized(TrainingRequest.post(target, body, status).method(method), token);
  }

  private static TrainingRequest authorized(TrainingRequest exchange, String token) {
    return exchange.header("Authorization", token);
  }

  private static TrainingRequest event(String body, int status) {
    return TrainingRequest.post("/", body, status)
      .header("ce-specversion", "1.0")
      .header("ce-type", "dev.knative.sources.ping")
      .header("ce-source", "/apis/v1/namespaces/knatter/pingsources/outbox")
      .header("ce-id", UUID.randomUUID().toString());
  }

  private static TrainingRequest sent(String body, int status, String token) {
    return TrainingRequest.post("/v1/send", body, status).header("Authorization", token);
  }

  private static TrainingRequest read(String target, int status, String token) {
    return TrainingRequest.get(target, status).header("Authorization", token);
  }

  private static String message(String to, UUID clientId) {
    return "{\"to\":\"%s\",\"clientId\":\"%s\",\"content\":\"Hello 👋\"}".formatted(to, clientId);
  }

  /** What is refused before a function sees it. */
  private static List<TrainingRequest> malformed(String path, String token) {
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

  private static List<TrainingRequest> unauthenticated(TrainingRequest exchange) {
    return List.of(exchange, exchange.header("Authorization", "Bearer none"),
        exchange.header("Authorization", "Bearer e30.e30.e30"));
  }
}
