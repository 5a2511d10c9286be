package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.OnProcesses;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Message;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Somebody takes with him what is kept of him. */
@OnProcesses
final class ExportTest {
  private final User ada;
  private final User grace;

  ExportTest(Deployment deployment) {
    this.ada = User.create(deployment);
    this.grace = User.create(deployment);
  }

  private static Request exporting() {
    return Request.get("/v1/me/export");
  }

  private static List<JsonNode> of(String type, Answer export) {
    return export.lines().valueStream().filter(line -> line.path("type").asString().equals(type)).toList();
  }

  private static List<String> ids(Answer export) {
    return of("message", export).stream().map(line -> line.path("id").asString()).toList();
  }

  @Test
  void export_holdsProfileBlocksAndAllMessages() {
    assertThat(ada.exchange(Request.of("PATCH", "/v1/me").json(Map.of("displayName", "Ada"))).status())
      .isEqualTo(200);
    assertThat(ada.exchange(Request.of("PUT", "/v1/blocks/" + grace.name())).status()).isEqualTo(204);
    List<Message> said = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      said.add(ada.say(i % 3 == 0 ? ada.name() : grace.name(), Secrets.text("number " + i)));
    }
    Answer export = ada.exchange(exporting());

    assertThat(export.status()).isEqualTo(200);
    assertThat(of("profile", export)).singleElement()
      .extracting(line -> line.path("displayName").asString())
      .isEqualTo("Ada");
    assertThat(of("session", export)).hasSize(1);
    assertThat(of("block", export)).singleElement()
      .extracting(line -> line.path("username").asString())
      .isEqualTo(grace.name());
    assertThat(ids(export)).containsExactlyInAnyOrderElementsOf(said.stream().map(Message::id).toList());
    assertThat(export.lines().get(export.lines().size() - 1).path("messages").asInt()).isEqualTo(120);

    String first = of("cursor", export).getFirst().path("after").asString();
    Answer rest = ada.exchange(exporting().query("after", first));
    assertThat(ids(rest)).isEqualTo(ids(export).subList(ids(export).size() - ids(rest).size(), 120))
      .hasSizeBetween(1, 119);
    assertThat(ada.read("after", first).messages()).isNotEmpty();
  }

  @TestFactory
  Stream<DynamicTest> request_withAMistake_is400AndSaysWhere() {
    return Stream.of(
        BadRequestCase.at("/after", "after: forged", exporting().query("after", "forged")),
        BadRequestCase.at("/after", "after: nothing", exporting().query("after", "")),
        BadRequestCase.at("/limit", "unknown parameter", exporting().query("limit", "1")),
        BadRequestCase.at("/after", "after twice", exporting().query("after", "a").query("after", "b")))
      .map(mistake -> mistake.test(ada::exchange));
  }
}
