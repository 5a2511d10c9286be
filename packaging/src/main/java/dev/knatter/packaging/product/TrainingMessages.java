package dev.knatter.packaging.product;

import static dev.knatter.packaging.product.TrainingRequests.UNTIL_TOO_MANY;
import static dev.knatter.packaging.product.TrainingRequests.USUAL;
import static dev.knatter.packaging.product.TrainingRequests.authorized;
import static dev.knatter.packaging.product.TrainingRequests.compressed;
import static dev.knatter.packaging.product.TrainingRequests.malformed;
import static dev.knatter.packaging.product.TrainingRequests.read;
import static dev.knatter.packaging.product.TrainingRequests.unauthenticated;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.knatter.packaging.TrainingRequest;

/** The requests for the functions that send messages and list them. */
final class TrainingMessages {
  private TrainingMessages() {}

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
    session.add(sent("{\"conversationId\":\"%s\",\"content\":\"no group\"}".formatted(UUID.randomUUID()), 404,
        token));
    session.add(sent("{\"to\":\"%s\",\"content\":\"\"}".formatted(to), 400, token));
    session.add(sent("{\"to\":\"%s\",\"content\":\"late\",\"clientId\":\"%s\"}".formatted(to,
        "01890a5d-ac96-774b-bcce-b302099a8057"), 422, token));
    session.addAll(malformed("/v1/send", token));
    session
      .addAll(unauthenticated(TrainingRequest.post("/v1/send", message(to, TrainingUsers.clientId()), 401)));
    session.add(sent("{\"content\":\"\"}", 429, users.loud().authorization()).atMost(UNTIL_TOO_MANY));
    return session;
  }

  private static TrainingRequest sent(String body, int status, String token) {
    return authorized(TrainingRequest.post("/v1/send", body, status), token);
  }

  private static String message(String to, UUID clientId) {
    return "{\"to\":\"%s\",\"clientId\":\"%s\",\"content\":\"Hello 👋\"}".formatted(to, clientId);
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
}
