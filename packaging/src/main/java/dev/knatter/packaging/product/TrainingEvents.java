package dev.knatter.packaging.product;

import static dev.knatter.packaging.product.TrainingRequests.USUAL;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.knatter.chat.event.CommandType;
import dev.knatter.chat.event.EventSignature;
import dev.knatter.packaging.TrainingRequest;

/** The events that the functions of signed events get while they are trained: their usual work, and refusals. */
final class TrainingEvents {
  private TrainingEvents() {}

  static List<TrainingRequest> sendEvents(TrainingUsers users) {
    String data = "{\"from\":\"%s\",\"to\":\"%s\",\"content\":\"Hello 👋\"}".formatted(users.one().name(),
        users.other().name());
    List<TrainingRequest> session = new ArrayList<>();
    for (int i = 0; i < USUAL; i++) {
      session.add(signed(users, CommandType.SEND, data, 202));
    }
    TrainingRequest twice = signed(users, CommandType.SEND, data, 202);
    session.add(twice);
    session.add(twice);
    session.add(signed(users, CommandType.SEND, data.replace("Hello 👋", ""), 400));
    session.add(signed(users, CommandType.SEND, data.replace("content", "text"), 400));
    session.add(signed(users, CommandType.SEND, data.replace("\"to\":\"", "\"to\":\"nobody-"), 400));
    session.addAll(refused(twice));
    return session;
  }

  static List<TrainingRequest> eraseEvents(TrainingUsers users) {
    List<TrainingRequest> session = new ArrayList<>();
    String nobody = "{\"user\":\"nobody-%s\"}".formatted(users.one().name());
    for (int i = 0; i < 10; i++) {
      session.add(signed(users, CommandType.ERASE, nobody, 202));
    }
    session.add(signed(users, CommandType.ERASE, "{\"userId\":\"%s\"}".formatted(UUID.randomUUID()), 202));
    session.add(signed(users, CommandType.ERASE, "{\"issuer\":\"https://id\",\"subject\":\"1\"}", 202));
    session.add(signed(users, CommandType.ERASE, "{\"issuer\":\"https://id\"}", 400));
    TrainingRequest erasure = signed(users, CommandType.ERASE,
        "{\"user\":\"%s\"}".formatted(users.other().name()), 202);
    session.add(erasure);
    session.add(erasure);
    session.addAll(refused(erasure));
    return session;
  }

  private static List<TrainingRequest> refused(TrainingRequest good) {
    return List.of(TrainingRequest.post("/", good.body(), 400), changed(good, "ce-id", "other"),
        changed(good, "ce-source", "/none"), changed(good, "ce-time", "yesterday"),
        changed(good, "ce-knattersignature", "none"), TrainingRequest.get("/", 405),
        TrainingRequest.get("/elsewhere", 404));
  }

  private static TrainingRequest changed(TrainingRequest good, String header, String value) {
    TrainingRequest changed = TrainingRequest.post("/", good.body(), 400);
    for (var each : good.headers().entrySet()) {
      changed = changed.header(each.getKey(), each.getValue());
    }
    return changed.header(header, value);
  }

  private static TrainingRequest signed(TrainingUsers users, CommandType type, String data, int status) {
    String id = UUID.randomUUID().toString();
    Instant now = Instant.now();
    return TrainingRequest.post("/", data, status)
      .header("ce-specversion", "1.0")
      .header("ce-id", id)
      .header("ce-source", users.source().name())
      .header("ce-type", type.text())
      .header("ce-time", now.toString())
      .header("ce-" + EventSignature.ATTRIBUTE, EventSignature.sign(users.source().key(), id,
          users.source().name(), type.text(), now, data.getBytes(StandardCharsets.UTF_8)));
  }
}
