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

/** Each way to get a read mark wrong, and where the answer says it is wrong. */
@OnLocal
final class InvalidReadsTest {
  private static final String PATH = "/v1/read";

  private final User ada;
  private final Message sent;

  InvalidReadsTest(Deployment deployment) {
    this.ada = User.create(deployment);
    this.sent = ada.say(ada.name(), Secrets.text("note"));
  }

  @TestFactory
  Stream<DynamicTest> mark_withAMistake_is400AndSaysWhere() {
    return Stream.of(
        without("conversationId"), without("upTo"),
        at("/conversationId", "conversationId that is no UUID", "conversationId", "all"),
        at("/conversationId", "number for a conversation", "conversationId", 4711),
        at("/upTo", "upTo in short groups", "upTo", "1-1-1-1-1"),
        at("/upTo", "upTo that is no id of a message", "upTo", UUID.randomUUID().toString()),
        at("/upTo", "upTo of the future", "upTo", "ffffffff-ffff-7fff-bfff-ffffffffffff"),
        at("/upTo", "list of messages", "upTo", new String[]{sent.id()}),
        at("/unread", "unread", "unread", 0),
        BadRequestCase.of("a list", Request.post(PATH).jsonText("[]")),
        BadRequestCase.of("nothing", Request.post(PATH).jsonText("")),
        BadRequestCase.at("/upTo", "repeated form field",
            Request.post(PATH)
              .form("conversationId", sent.conversation(), "upTo", sent.id(), "upTo", sent.id())))
      .map(mistake -> mistake.test(ada::exchange));
  }

  @AfterEach
  void nothingWasMarked() {
    assertThat(ada.exchange(Request.get("/v1/conversations/" + sent.conversation())).json().has("readUpTo"))
      .isFalse();
  }

  private BadRequestCase at(String pointer, String what, String field, Object value) {
    Map<String, Object> fields = valid();
    fields.put(field, value);
    return BadRequestCase.at(pointer, what, Request.post(PATH).json(fields));
  }

  private BadRequestCase without(String field) {
    Map<String, Object> fields = valid();
    fields.remove(field);
    return BadRequestCase.at("/" + field, "no " + field, Request.post(PATH).json(fields));
  }

  private Map<String, Object> valid() {
    return new HashMap<>(Map.of("conversationId", sent.conversation(), "upTo", sent.id()));
  }
}
