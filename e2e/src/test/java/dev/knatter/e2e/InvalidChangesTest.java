package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.OnLocal;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Message;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each way to get an edit, a deletion or a reaction wrong, and where the answer says it is wrong. */
@OnLocal
final class InvalidChangesTest {
  private final User ada;
  private final Message sent;

  InvalidChangesTest(Deployment deployment) {
    this.ada = User.create(deployment);
    this.sent = ada.say(ada.name(), Secrets.text("note"));
  }

  @TestFactory
  Stream<DynamicTest> change_withAMistake_is400AndSaysWhere() {
    return Stream.of(names("edit"), names("delete"), names("react"), edits(), reactions())
      .flatMap(mistakes -> mistakes)
      .map(mistake -> mistake.test(ada::exchange));
  }

  @AfterEach
  void nothingWasChanged() {
    assertThat(ada.read("with", ada.name()).messages()).containsExactly(sent);
  }

  private Map<String, Object> valid(String operation) {
    Map<String, Object> fields = new HashMap<>(
        Map.of("conversationId", sent.conversation(), "id", sent.id()));
    switch (operation) {
      case "edit" -> fields.put("content", "x");
      case "react" -> fields.put("emoji", "x");
      default -> {
      }
    }
    return fields;
  }

  private BadRequestCase at(String operation, String pointer, String what, String field, Object value) {
    Map<String, Object> fields = valid(operation);
    fields.put(field, value);
    return BadRequestCase.at(pointer, operation + ": " + what, Request.post("/v1/" + operation).json(fields));
  }

  private BadRequestCase without(String operation, String field) {
    Map<String, Object> fields = valid(operation);
    fields.remove(field);
    return BadRequestCase.at("/" + field, operation + ": no " + field,
        Request.post("/v1/" + operation).json(fields));
  }

  private Stream<BadRequestCase> names(String operation) {
    return Stream.of(without(operation, "conversationId"), without(operation, "id"),
        at(operation, "/conversationId", "conversationId that is no UUID", "conversationId", "all"),
        at(operation, "/id", "id in short groups", "id", "1-1-1-1-1"),
        at(operation, "/id", "number for an id", "id", 4711),
        at(operation, "/sender", "sender", "sender", ada.name()),
        at(operation, "/version", "version", "version", 2),
        BadRequestCase.of(operation + ": a list", Request.post("/v1/" + operation).jsonText("[]")),
        BadRequestCase.of(operation + ": nothing", Request.post("/v1/" + operation).jsonText("")),
        BadRequestCase.at("/id", operation + ": repeated form field", Request.post("/v1/" + operation)
          .form("conversationId", sent.conversation(), "id", sent.id(), "id", UUID.randomUUID().toString())));
  }

  private Stream<BadRequestCase> edits() {
    return Stream.of(without("edit", "content"),
        at("edit", "/content", "empty content", "content", ""),
        at("edit", "/content", "16,385 bytes", "content", "a".repeat(16_385)),
        at("edit", "/contentType", "contentType of 129 characters", "contentType", "t".repeat(129)),
        at("edit", "/keyId", "keyId with a slash", "keyId", "phone/1"));
  }

  private Stream<BadRequestCase> reactions() {
    return Stream.of(without("react", "emoji"),
        at("react", "/emoji", "empty emoji", "emoji", ""),
        at("react", "/emoji", "two signs", "emoji", "😀😀"),
        at("react", "/emoji", "a sign that nobody sees", "emoji", "\u200b"),
        at("react", "/emoji", "a sign with forty accents", "emoji", "a" + "\u0301".repeat(40)),
        at("react", "/remove", "text for remove", "remove", "perhaps"));
  }
}
