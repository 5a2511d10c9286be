package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.OnLocal;
import dev.knatter.e2e.http.ClientIds;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each way to get a send wrong, and where the answer says it is wrong. */
@OnLocal
final class InvalidSendsTest {
  private static final String KEY = "Idempotency-Key";

  private final User ada;
  private final User grace;

  InvalidSendsTest(Deployment deployment) {
    this.ada = User.create(deployment);
    this.grace = User.create(deployment);
  }

  @TestFactory
  Stream<DynamicTest> send_withAMistake_is400AndSaysWhere() {
    return Stream.of(addressees(), contents(), ids(), others(), bodies(), forms())
      .flatMap(mistakes -> mistakes)
      .map(mistake -> mistake.test(ada::exchange));
  }

  @AfterEach
  void nothingWasSent() {
    assertThat(ada.read().messages()).isEmpty();
  }

  private Stream<BadRequestCase> addressees() {
    String conversation = UUID.randomUUID().toString();
    return Stream.of(
        BadRequestCase.of("to and conversationId", valid("conversationId", conversation), "/to",
            "/conversationId",
            ""),
        BadRequestCase.of("neither to nor conversationId", User.message(Map.of("content", "x")), "/to",
            "/conversationId",
            ""),
        at("/to", "number for a name", "to", 12345),
        at("/to", "list of names", "to", new String[]{grace.name()}),
        BadRequestCase.at("/to", "null for a name",
            Request.post("/v1/send").jsonText("{\"to\":null,\"content\":\"x\"}")),
        BadRequestCase.at("/conversationId", "conversationId that is no UUID",
            User.message(Map.of("conversationId", "all", "content", "x"))),
        BadRequestCase.at("/conversationId", "conversationId with more after it",
            User.message(Map.of("conversationId", conversation + "0", "content", "x"))),
        BadRequestCase.at("/conversationId", "conversationId in short groups",
            User.message(Map.of("conversationId", "1-1-1-1-1", "content", "x"))));
  }

  private Stream<BadRequestCase> contents() {
    return Stream.of(
        BadRequestCase.at("/content", "no content", User.message(Map.of("to", grace.name()))),
        at("/content", "empty content", "content", ""),
        at("/content", "number for content", "content", 5),
        at("/content", "16,385 bytes of ASCII", "content", "a".repeat(16_385)),
        at("/content", "16,385 bytes with four-byte characters", "content", "😀".repeat(4096) + "a"),
        at("/content", "16,386 bytes in 8,193 characters", "content", "é".repeat(8193)),
        surrogate("high surrogate alone", "\\ud83d"),
        surrogate("low surrogate alone", "\\ude00"),
        surrogate("surrogates the wrong way round", "\\ude00\\ud83d"),
        surrogate("high surrogate before a letter", "\\ud83dx"),
        BadRequestCase.at("/content", "null for content",
            Request.post("/v1/send").jsonText("{\"to\":\"" + grace.name() + "\",\"content\":null}")));
  }

  private Stream<BadRequestCase> ids() {
    String id = ClientIds.now();
    return Stream.of(
        at("/clientId", "clientId that is no UUID", "clientId", "order-4711"),
        at("/clientId", "clientId of version 4", "clientId", "7f9c24e8-3b12-4fef-91a0-56c2d1b8e6aa"),
        at("/clientId", "nil clientId", "clientId", "00000000-0000-0000-0000-000000000000"),
        at("/clientId", "clientId of another variant", "clientId",
            id.substring(0, 19) + "c" + id.substring(20)),
        at("/clientId", "clientId without dashes", "clientId", id.replace("-", "")),
        at("/clientId", "empty clientId", "clientId", ""),
        BadRequestCase.of("clientId other than the Idempotency-Key",
            valid("clientId", id).header(KEY, "\"" + ClientIds.now() + "\""), "/clientId", "/" + KEY),
        key("empty", "\"\""),
        key("unfinished", "\"order"),
        key("with a quote in it", "order\""),
        key("of two", "\"one\", \"two\""),
        key("of 256 characters without quotes", "k".repeat(256)),
        key("followed by more", "\"order\" 4711"),
        key("of 256 characters", "\"" + "k".repeat(256) + "\""),
        BadRequestCase.at("", "repeated Idempotency-Key", valid("contentType", "text/plain")
          .header(KEY, "\"one\"")
          .header(KEY, "\"two\"")));
  }

  private Stream<BadRequestCase> others() {
    return Stream.of(
        at("/sender", "sender", "sender", grace.name()),
        at("/recipient", "recipient", "recipient", grace.name()),
        at("/id", "id", "id", ClientIds.now()),
        at("/sentAt", "sentAt", "sentAt", "2026-11-21T08:00:00.000Z"),
        at("/Content", "field in capitals", "Content", "x"),
        at("/conten", "mistyped content", "conten", "x"),
        at("/a~1~0\uFFFDb\uFFFD", "name that is markup, or turns lines round", "a/~<b\u202E", "x"),
        at("/" + "n".repeat(64), "name of 100 characters", "n".repeat(100), "x"),
        at("/contentType", "contentType of 129 characters", "contentType", "t".repeat(129)),
        at("/replyTo", "replyTo that is no UUID", "replyTo", "the first"),
        at("/keyId", "keyId with a slash", "keyId", "phone/1"),
        at("/keyId", "keyId of 65 characters", "keyId", "k".repeat(65)),
        at("/keyId", "empty keyId", "keyId", ""));
  }

  private Stream<BadRequestCase> bodies() {
    String fields = "\"to\":\"" + grace.name() + "\",\"content\":\"x\"";
    return Stream.of(
        body("nothing", ""),
        body("white space", " \n"),
        body("unfinished object", "{" + fields),
        body("comma at the end", "{" + fields + ",}"),
        body("second value", "{" + fields + "} {}"),
        body("comment", "{" + fields + "/* */}"),
        body("single quotes", "{'to':'" + grace.name() + "','content':'x'}"),
        body("list", "[{" + fields + "}]"),
        body("text", "\"x\""),
        body("null", "null"),
        body("repeated field", "{" + fields + ",\"content\":\"y\"}", "/content", ""),
        body("line break in a string", "{\"to\":\"" + grace.name() + "\",\"content\":\"x\ny\"}"),
        body("unknown escape", "{\"to\":\"" + grace.name() + "\",\"content\":\"\\x\"}"),
        body("deep nesting", "{" + fields + ",\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}"));
  }

  private Stream<BadRequestCase> forms() {
    return Stream.of(
        BadRequestCase.at("/content", "repeated form field",
            Request.post("/v1/send").form("to", grace.name(), "content", "x", "content", "y")),
        BadRequestCase.at("/to", "repeated form field, the same twice",
            Request.post("/v1/send").form("to", grace.name(), "to", grace.name(), "content", "x")),
        BadRequestCase.at("/content.text", "dotted form field",
            Request.post("/v1/send").form("to", grace.name(), "content", "x", "content.text", "y")),
        BadRequestCase.at("/content[]", "form field with brackets",
            Request.post("/v1/send").form("to", grace.name(), "content", "x", "content[]", "y")),
        BadRequestCase.at("/sender", "sender in a form",
            Request.post("/v1/send").form("to", grace.name(), "content", "x", "sender", grace.name())),
        BadRequestCase.of("escape that is none",
            Request.post("/v1/send").formText("to=" + grace.name() + "&content=%zz")),
        BadRequestCase.of("escapes of an unpaired surrogate",
            Request.post("/v1/send").formText("to=" + grace.name() + "&content=%ED%A0%BD")));
  }

  private Request valid(String field, Object value) {
    Map<String, Object> fields = new HashMap<>(Map.of("to", grace.name(), "content", "x"));
    fields.put(field, value);
    return User.message(fields);
  }

  private BadRequestCase at(String pointer, String what, String field, Object value) {
    return BadRequestCase.at(pointer, what, valid(field, value));
  }

  private BadRequestCase key(String what, String value) {
    return BadRequestCase.at("/" + KEY, "Idempotency-Key " + what,
        valid("contentType", "text/plain").header(KEY, value));
  }

  private BadRequestCase surrogate(String what, String escapes) {
    return BadRequestCase.of(what, Request.post("/v1/send")
      .jsonText("{\"to\":\"" + grace.name() + "\",\"content\":\"x" + escapes + "\"}"), "/content", "");
  }

  private static BadRequestCase body(String what, String text, String... pointers) {
    return BadRequestCase.of("body: " + what, Request.post("/v1/send").jsonText(text), pointers);
  }
}
