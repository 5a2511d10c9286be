package dev.knatter.functions.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.reading.ReadMarks;
import dev.knatter.chat.reading.ReadMarks.UpTo;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.FunctionUnderTest;
import dev.knatter.shared.token.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ReadTest {
  @RegisterExtension
  static final FunctionUnderTest function = new FunctionUnderTest("/v1/read", ReadEndpoints::endpoints);

  private static Answer read(Identity caller, Object body, String... headers) {
    return function.post(caller, body, headers);
  }

  private static Map<String, String> upTo(Message message) {
    return Map.of("conversationId", message.conversationId().toString(), "upTo", message.id().toString());
  }

  private static List<UpTo> marks(Identity reader) {
    return new ReadMarks(function.stores().cassandra()).all(reader.userId());
  }

  @Test
  void mark_isStoredAndNeverGoesBack() {
    Message first = function.sent("one");
    Message second = function.sent("two");
    Answer answer = read(function.grace(), upTo(second));
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.http().body()).isEmpty();
    assertThat(read(function.grace(), upTo(first)).status()).isEqualTo(204);
    UUID last = first.id().compareTo(second.id()) > 0 ? first.id() : second.id();
    assertThat(marks(function.grace())).containsExactly(new UpTo(second.conversationId(), last));
  }

  @Test
  void form_isTakenLikeJson() {
    Identity reader = function.register("reader");
    Message sent = function.messages().send(function.ada(), reader, "hello");
    Answer answer = read(reader, "conversationId=" + sent.conversationId() + "&upTo=" + sent.id(),
        "Content-Type",
        "application/x-www-form-urlencoded");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(marks(reader)).hasSize(1);
  }

  @Test
  void conversationThatIsNotTheirs_is404() {
    Message sent = function.sent("hello");
    Answer answer = read(function.stranger(), upTo(sent));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:not-found");
  }

  @Test
  void cassandraAway_is503_andTheSameRequestIsGoodAgain() {
    Message sent = function.sent("hello");
    assertThat(read(function.grace(), upTo(sent)).status()).isEqualTo(204);
    function.realStores().cassandra().cut();
    Answer away = read(function.grace(), upTo(sent));
    assertThat(away.status()).isEqualTo(503);
    assertThat(away.header("Retry-After")).isPresent();
    function.restoreStores();
    assertThat(read(function.grace(), upTo(sent)).status()).isEqualTo(204);
  }

  @Test
  void redisAway_changesNothing() {
    Message sent = function.sent("hello");
    function.realStores().redis().cut();
    assertThat(read(function.grace(), upTo(sent)).status()).isEqualTo(204);
  }

  @Test
  void tooManyRequests_are429() {
    Identity busy = function.register("busy");
    function.installation().useUp(RateLimit.READ, busy.userId().toString());
    Answer answer = await().until(() -> read(busy, "{}"), each -> each.status() == 429); // tokens come back meanwhile
    assertThat(answer.header("Retry-After")).isPresent();
  }

  static Stream<Arguments> invalid() {
    String id = "019a4f70-1c2d-7d5e-9f60-718293a4b5c6";
    String conversation = "\"conversationId\":\"" + id + "\"";
    return Stream.of(
        Arguments.of("{\"upTo\":\"" + id + "\"}", "/conversationId"),
        Arguments.of("{\"conversationId\":\"1-1-1-1-1\",\"upTo\":\"" + id + "\"}", "/conversationId"),
        Arguments.of("{\"conversationId\":7,\"upTo\":\"" + id + "\"}", "/conversationId"),
        Arguments.of("{" + conversation + "}", "/upTo"),
        Arguments.of("{" + conversation + ",\"upTo\":null}", "/upTo"),
        Arguments.of("{" + conversation + ",\"upTo\":\"last\"}", "/upTo"),
        Arguments.of("{" + conversation + ",\"upTo\":\"" + UUID.randomUUID() + "\"}", "/upTo"),
        Arguments.of("{" + conversation + ",\"upTo\":\"" + id + "\",\"userId\":\"" + id + "\"}", "/userId"),
        Arguments.of("[]", ""));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void invalidRequest_is400AndNamesWhere(String body, String pointer) {
    Answer answer = read(function.ada(), body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:invalid-request");
    assertThat(answer.pointer()).isEqualTo(pointer);
  }

  @Test
  void idOfTheFuture_is400() {
    Message sent = function.sent("hello");
    Answer answer = read(function.grace(), Map.of("conversationId", sent.conversationId().toString(), "upTo",
        "ffffffff-ffff-7fff-bfff-ffffffffffff"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.pointer()).isEqualTo("/upTo");
  }
}
