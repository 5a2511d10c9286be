package dev.knatter.packaging.product;

import static dev.knatter.packaging.product.TrainingRequests.UNTIL_TOO_MANY;
import static dev.knatter.packaging.product.TrainingRequests.authorized;
import static dev.knatter.packaging.product.TrainingRequests.malformed;
import static dev.knatter.packaging.product.TrainingRequests.unauthenticated;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.knatter.packaging.TrainingRequest;

/** The requests for the functions that change messages or mark them as read. Each may come again: training is repeated. */
final class TrainingChanges {
  private TrainingChanges() {}

  static List<TrainingRequest> edit(TrainingUsers users) {
    List<TrainingRequest> session = new ArrayList<>();
    for (String id : users.messages()) {
      String body = body(users, id, ",\"content\":\"" + UUID.randomUUID() + "\"");
      session.add(change("/v1/edit", body, 200, users.one()));
      session.add(change("/v1/edit", body, 200, users.one()));
    }
    String content = ",\"content\":\"Hello\"";
    session.addAll(refused("/v1/edit", users, content));
    session
      .add(change("/v1/edit", body(users, users.messages().getFirst(), ",\"content\":\"\""), 400,
          users.one()));
    session.add(change("/v1/edit", body(users, users.messages().getFirst(), content), 403, users.other()));
    return session;
  }

  static List<TrainingRequest> delete(TrainingUsers users) {
    List<TrainingRequest> session = new ArrayList<>();
    for (String id : users.messages()) {
      session.add(change("/v1/delete", body(users, id, ""), 204, users.one()));
      session.add(change("/v1/delete", body(users, id, ""), 204, users.one()));
    }
    session.addAll(refused("/v1/delete", users, ""));
    session.add(change("/v1/delete", body(users, users.messages().getFirst(), ""), 403, users.other()));
    return session;
  }

  static List<TrainingRequest> react(TrainingUsers users) {
    List<TrainingRequest> session = new ArrayList<>();
    String emoji = ",\"emoji\":\"\uD83D\uDC4D\"";
    for (String id : users.messages()) {
      session.add(change("/v1/react", body(users, id, emoji), 204, users.other()));
      session.add(change("/v1/react", body(users, id, emoji + ",\"remove\":true"), 204, users.other()));
    }
    session.addAll(refused("/v1/react", users, emoji));
    session.add(change("/v1/react", body(users, users.messages().getFirst(), ",\"emoji\":\"ab\""), 400,
        users.one()));
    return session;
  }

  static List<TrainingRequest> read(TrainingUsers users) {
    List<TrainingRequest> session = new ArrayList<>();
    for (String id : users.messages()) {
      session.add(change("/v1/read", mark(users, id), 204, users.one()));
      session.add(change("/v1/read", mark(users, id), 204, users.other()));
    }
    String id = users.messages().getFirst();
    session.addAll(malformed("/v1/read", users.one().authorization()));
    session.add(change("/v1/read", mark(users, id), 404, users.loud())); // who is not a member
    session.add(change("/v1/read", mark(users, "none"), 400, users.one()));
    session.add(change("/v1/read", "upTo=none", 400, users.one())
      .header("Content-Type", "application/x-www-form-urlencoded"));
    session.addAll(unauthenticated(TrainingRequest.post("/v1/read", mark(users, id), 401)));
    session.add(change("/v1/read", mark(users, "none"), 429, users.loud()).atMost(UNTIL_TOO_MANY));
    return session;
  }

  private static String mark(TrainingUsers users, String id) {
    return "{\"conversationId\":\"%s\",\"upTo\":\"%s\"}".formatted(users.conversation(), id);
  }

  private static List<TrainingRequest> refused(String path, TrainingUsers users, String more) {
    List<TrainingRequest> session = new ArrayList<>(malformed(path, users.one().authorization()));
    String unknown = body(users, UUID.randomUUID().toString(), more);
    session.add(change(path, unknown, 404, users.one()));
    session.add(change(path, unknown, 404, users.loud())); // who is not a member
    session.add(change(path, "{\"id\":\"none\"}", 400, users.one()));
    session.add(change(path, "id=none", 400, users.one())
      .header("Content-Type", "application/x-www-form-urlencoded"));
    session.addAll(unauthenticated(TrainingRequest.post(path, unknown, 401)));
    session.add(change(path, "{\"id\":\"none\"}", 429, users.loud()).atMost(UNTIL_TOO_MANY));
    return session;
  }

  private static String body(TrainingUsers users, String id, String more) {
    return "{\"conversationId\":\"%s\",\"id\":\"%s\"%s}".formatted(users.conversation(), id, more);
  }

  private static TrainingRequest change(String path, String body, int status, TrainingUsers.User by) {
    return authorized(TrainingRequest.post(path, body, status), by.authorization());
  }
}
