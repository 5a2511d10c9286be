package dev.knatter.functions.delete;

import static dev.knatter.functions.testing.TestMessages.naming;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.message.Message;
import dev.knatter.functions.testing.FunctionUnderTest;
import dev.knatter.functions.testing.MessageChangeContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.provider.Arguments;

final class DeleteTest extends MessageChangeContract {
  @RegisterExtension
  static final FunctionUnderTest function = new FunctionUnderTest("/v1/delete", DeleteEndpoints::endpoints);

  DeleteTest() {
    super(function, RateLimit.DELETE, 204);
  }

  @Test
  void deletion_leavesAMarker_andTwiceIsOnce() {
    Message sent = function.sent("helo");
    assertThat(post(function.ada(), naming(sent)).status()).isEqualTo(204);
    Message present = function.messages().present(sent);
    assertThat(present.content()).isEmpty();
    assertThat(present.deletedAt()).isNotNull();
    assertThat(present.version()).isEqualTo(2);
    assertThat(post(function.ada(), naming(sent)).status()).isEqualTo(204);
    assertThat(function.messages().present(sent)).isEqualTo(present);
  }

  @Test
  void deletionByTheRecipient_is403() {
    Message sent = function.sent("helo");
    assertThat(post(function.grace(), naming(sent)).status()).isEqualTo(403);
    assertThat(function.messages().present(sent)).isEqualTo(sent);
  }

  @Override
  protected Stream<Arguments> invalid() {
    String id = "019a4f70-1c2d-7d5e-9f60-718293a4b5c6";
    return Stream.of(Arguments.of(body("id", id), "/conversationId"),
        Arguments.of(body("conversationId", id), "/id"),
        Arguments.of(body("conversationId", "1-1-1-1-1", "id", id), "/conversationId"),
        Arguments.of(body("conversationId", id, "id", "yes"), "/id"),
        Arguments.of(body("conversationId", id, "id", id, "sender", "grace"), "/sender"));
  }
}
