package dev.knatter.packaging.product;

import static dev.knatter.packaging.product.TrainingRequests.UNTIL_TOO_MANY;
import static dev.knatter.packaging.product.TrainingRequests.authorized;
import static dev.knatter.packaging.product.TrainingRequests.malformed;
import static dev.knatter.packaging.product.TrainingRequests.unauthenticated;

import java.util.ArrayList;
import java.util.List;

import dev.knatter.packaging.TrainingRequest;

/** Training of the function stream, by requests that end. A held connection would not end within the training. */
final class TrainingStreams {
  private static final int USUAL = 20;
  private static final String TICKET = "/v1/stream/ticket";
  private static final String PRESENCE = "/v1/presence";

  private TrainingStreams() {}

  static List<TrainingRequest> stream(TrainingUsers users) {
    String token = users.one().authorization();
    List<TrainingRequest> session = new ArrayList<>();
    for (int i = 0; i < USUAL; i++) {
      session.add(authorized(TrainingRequest.post(TICKET, "{}", 201), token));
    }
    session.add(authorized(TrainingRequest.post(PRESENCE, "{\"visible\":true}", 204), token));
    session.add(
        authorized(TrainingRequest.post(PRESENCE, "{\"visible\":true}", 204), users.other().authorization()));
    session.add(authorized(TrainingRequest.post(PRESENCE, "{}", 400), token));
    session.addAll(malformed(PRESENCE, token));
    session.add(TrainingRequest.get("/v1/stream?ticket=forged", 401).header("Accept", "text/event-stream"));
    session
      .addAll(unauthenticated(TrainingRequest.get("/v1/stream", 401).header("Accept", "text/event-stream")));
    session.addAll(unauthenticated(TrainingRequest.post(TICKET, "{}", 401)));
    session.add(authorized(TrainingRequest.post(PRESENCE, "{}", 429), users.loud().authorization())
      .atMost(UNTIL_TOO_MANY));
    return session;
  }
}
