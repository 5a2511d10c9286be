package dev.knatter.functions.react;

import static dev.knatter.functions.testing.TestMessages.naming;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.message.Message;
import dev.knatter.functions.testing.FunctionUnderTest;
import dev.knatter.functions.testing.MessageChangeContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.provider.Arguments;

final class ReactTest extends MessageChangeContract {
  @RegisterExtension
  static final FunctionUnderTest function = new FunctionUnderTest("/v1/react", ReactEndpoints::endpoints);

  ReactTest() {
    super(function, RateLimit.REACT, 204, "emoji", "x");
  }

  @Test
  void reaction_isStored_andTakenBack() {
    Message sent = function.sent("helo");
    assertThat(post(function.grace(), naming(sent, "emoji", "x")).status()).isEqualTo(204);
    assertThat(post(function.grace(), naming(sent, "emoji", "x", "remove", false)).status()).isEqualTo(204);
    assertThat(present(sent)).containsExactly(true);
    assertThat(post(function.grace(), naming(sent, "emoji", "x", "remove", true)).status()).isEqualTo(204);
    assertThat(post(function.grace(), naming(sent, "emoji", "y", "remove", true)).status()).isEqualTo(204);
    assertThat(present(sent)).containsExactly(false);
  }

  private static List<Boolean> present(Message message) {
    return function.realStores()
      .session()
      .execute("SELECT present FROM reactions WHERE conversation_id = ? AND message_id = ?",
          message.conversationId(), message.id())
      .all()
      .stream()
      .map(row -> row.getBoolean("present"))
      .toList();
  }

  @Override
  protected Stream<Arguments> invalid() {
    String id = "019a4f70-1c2d-7d5e-9f60-718293a4b5c6";
    return Stream.of(Arguments.of(body("id", id, "emoji", "x"), "/conversationId"),
        Arguments.of(body("conversationId", id, "emoji", "x"), "/id"),
        Arguments.of(body("conversationId", "1-1-1-1-1", "id", id, "emoji", "x"), "/conversationId"),
        Arguments.of(body("conversationId", id, "id", "yes", "emoji", "x"), "/id"),
        Arguments.of(body("conversationId", id, "id", id, "emoji", "x", "sender", "grace"), "/sender"),
        Arguments.of(body("conversationId", id, "id", id), "/emoji"),
        Arguments.of(body("conversationId", id, "id", id, "emoji", ""), "/emoji"),
        Arguments.of(body("conversationId", id, "id", id, "emoji", "ab"), "/emoji"),
        Arguments.of(body("conversationId", id, "id", id, "emoji", " "), "/emoji"));
  }
}
