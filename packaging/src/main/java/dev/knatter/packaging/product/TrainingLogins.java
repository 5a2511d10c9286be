package dev.knatter.packaging.product;

import static dev.knatter.packaging.product.TrainingRequests.UNTIL_TOO_MANY;
import static dev.knatter.packaging.product.TrainingRequests.compressed;
import static dev.knatter.packaging.product.TrainingRequests.malformed;
import static dev.knatter.packaging.product.TrainingRequests.read;
import static dev.knatter.packaging.product.TrainingRequests.unauthenticated;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.knatter.packaging.TrainingRequest;
import dev.knatter.shared.token.RefreshToken;

/** The requests for the functions by which users register, log in, stay logged in and log out. */
final class TrainingLogins {
  private TrainingLogins() {}

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

  static List<TrainingRequest> refresh(TrainingUsers users) {
    List<TrainingRequest> session = new ArrayList<>();
    for (TrainingUsers.User user : List.of(users.one(), users.other(), users.loud())) {
      session.add(refreshed(user.refreshToken(), 200));
      session.add(refreshed(user.refreshToken(), 200)); // as a client does that has lost the answer
    }
    session.add(refreshed("none", 401));
    session.add(TrainingRequest.post("/v1/refresh", "{\"cookie\":true}", 403));
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
}
