package dev.knatter.packaging.product;

import static dev.knatter.packaging.product.TrainingRequests.UNTIL_TOO_MANY;
import static dev.knatter.packaging.product.TrainingRequests.USUAL;
import static dev.knatter.packaging.product.TrainingRequests.authorized;
import static dev.knatter.packaging.product.TrainingRequests.compressed;
import static dev.knatter.packaging.product.TrainingRequests.malformed;
import static dev.knatter.packaging.product.TrainingRequests.read;
import static dev.knatter.packaging.product.TrainingRequests.unauthenticated;
import static dev.knatter.packaging.product.TrainingRequests.written;

import java.util.ArrayList;
import java.util.List;

import dev.knatter.packaging.TrainingRequest;

/** The requests for the functions that show and change what is stored about a user. */
final class TrainingProfiles {
  private TrainingProfiles() {}

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

  private static TrainingRequest erasure(String password, int status, String token) {
    return written("POST", "/v1/me/erase", "{\"password\":\"%s\"}".formatted(password), status, token);
  }

  /** From that password to itself: training is repeated. */
  private static TrainingRequest password(String current, int status, String token) {
    return written("PUT", "/v1/me/password",
        "{\"current\":\"%s\",\"new\":\"%s\"}".formatted(current, current),
        status, token);
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
}
