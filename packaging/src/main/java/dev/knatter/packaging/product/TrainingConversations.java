package dev.knatter.packaging.product;

import static dev.knatter.packaging.product.TrainingRequests.UNTIL_TOO_MANY;
import static dev.knatter.packaging.product.TrainingRequests.compressed;
import static dev.knatter.packaging.product.TrainingRequests.malformed;
import static dev.knatter.packaging.product.TrainingRequests.read;
import static dev.knatter.packaging.product.TrainingRequests.unauthenticated;
import static dev.knatter.packaging.product.TrainingRequests.written;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.knatter.chat.conversation.Conversation;
import dev.knatter.packaging.TrainingRequest;

/** The requests that the function of conversations gets while it is trained. */
final class TrainingConversations {
  private static final String PATH = "/v1/conversations";
  /** How often the usual request is sent, so that the JVM sees which code is worth compiling. */
  private static final int USUAL = 30;

  private TrainingConversations() {}

  static List<TrainingRequest> conversations(TrainingUsers users) {
    String token = users.one().authorization();
    String other = users.other().name();
    // Under keys, because training is repeated, and so that the ids of the groups are known.
    String one = PATH + "/" + Conversation.groupId(users.one().id(), "training-1");
    String unknown = PATH + "/" + UUID.randomUUID();
    List<TrainingRequest> session = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      session
        .add(written("POST", PATH, "{\"name\":\"Engines\",\"members\":[\"%s\"]}".formatted(other), 201, token)
          .header("Idempotency-Key", "training-" + i));
    }
    for (int i = 0; i < USUAL; i++) {
      session.add(read(PATH, 200, token));
      session.add(read(one, 200, token));
      session.add(read(one + "/members", 200, token));
      session.add(read(one + "/receipts", 200, token));
    }
    session.add(compressed(read(PATH, 200, token)));
    session.add(written("PATCH", one, "{\"name\":\"Looms\"}", 200, token));
    session.add(written("PATCH", one, "{\"name\":\"Mills\"}", 412, token).header("If-Match", "\"999999\""));
    session.add(written("POST", one + "/members", "{\"username\":\"%s\"}".formatted(other), 200, token));
    session.add(written("PATCH", one + "/members/" + other, "{\"role\":\"moderator\"}", 200, token));
    session.add(read(one + "/mute", 204, token).method("PUT"));
    session.add(read(one + "/mute", 204, token).method("DELETE"));
    session.add(written("PATCH", one, "{\"retentionDays\":30}", 403, users.other().authorization()));
    session.add(read(unknown, 404, token));
    session.add(read(unknown, 404, token).method("DELETE"));
    session.add(read(PATH + "/none", 400, token));
    session.add(written("POST", PATH, "{\"name\":\"\"}", 400, token));
    session.addAll(malformed(PATH, token));
    session.addAll(unauthenticated(TrainingRequest.get(PATH, 401)));
    session.add(read(PATH, 429, users.loud().authorization()).atMost(UNTIL_TOO_MANY));
    return session;
  }
}
