package dev.knatter.functions.testing;

import static dev.knatter.functions.testing.TestMessages.naming;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.message.Message;
import dev.knatter.shared.token.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The tests that every function must pass that changes one message: it is edited, deleted, or reacted to. */
@TestInstance(Lifecycle.PER_CLASS) // so invalid() can be an abstract method, not a static one
public abstract class MessageChangeContract {
  private final FunctionUnderTest function;
  private final RateLimit limit;
  private final int success;
  private final Object[] members;

  /**
   * @param success the status of the answer to a good request
   * @param members names and values, alternating: what a good body has besides conversationId and id
   */
  protected MessageChangeContract(FunctionUnderTest function, RateLimit limit, int success,
      Object... members) {
    this.function = function;
    this.limit = limit;
    this.success = success;
    this.members = members.clone();
  }

  /** Invalid bodies, each with the pointer to what is wrong in it. */
  protected abstract Stream<Arguments> invalid();

  /** A body of these members, names and values alternating. */
  protected static String body(String... members) {
    Map<String, String> body = new HashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      body.put(members[i], members[i + 1]);
    }
    return new JsonMapper().writeValueAsString(body);
  }

  /** Sends a request to the function. */
  protected final Answer post(Identity caller, Object body) {
    return function.post(caller, body);
  }

  private Map<String, Object> good(Message message) {
    return naming(message, members);
  }

  @Test
  void form_isTakenLikeJson() {
    StringBuilder form = new StringBuilder();
    good(function.sent("helo")).forEach((name, value) -> form.append(name)
      .append('=')
      .append(URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8))
      .append('&'));
    Answer answer = function.post(function.ada(), form.substring(0, form.length() - 1), "Content-Type",
        "application/x-www-form-urlencoded");
    assertThat(answer.status()).isEqualTo(success);
  }

  @Test
  void messageThatIsNotTheirs_is404() {
    Message sent = function.sent("helo");
    assertThat(post(function.stranger(), good(sent)).status()).isEqualTo(404);
    Map<String, Object> unknown = good(sent);
    unknown.put("id", UUID.randomUUID().toString());
    Answer answer = post(function.ada(), unknown);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:not-found");
  }

  @Test
  void cassandraAway_is503_andTheSameRequestIsGoodAgain() {
    Message sent = function.sent("helo");
    assertThat(post(function.ada(), good(sent)).status()).isEqualTo(success);
    function.realStores().cassandra().cut();
    Answer away = post(function.ada(), good(sent));
    assertThat(away.status()).isEqualTo(503);
    assertThat(away.header("Retry-After")).isPresent();
    function.restoreStores();
    assertThat(post(function.ada(), good(sent)).status()).isEqualTo(success);
  }

  @Test
  void redisAway_changesNothing() {
    Message sent = function.sent("helo");
    function.realStores().redis().cut();
    assertThat(post(function.ada(), good(sent)).status()).isEqualTo(success);
  }

  @Test
  void tooManyRequests_are429() {
    Identity busy = function.register("busy");
    function.installation().useUp(limit, busy.userId().toString());
    Answer answer = await().until(() -> post(busy, "{}"), each -> each.status() == 429); // tokens come back meanwhile
    assertThat(answer.header("Retry-After")).isPresent();
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void invalidRequest_is400AndNamesWhere(String body, String pointer) {
    Answer answer = post(function.ada(), body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:invalid-request");
    assertThat(answer.pointer()).isEqualTo(pointer);
  }
}
