package dev.knatter.functions.edit;

import static dev.knatter.functions.testing.TestMessages.naming;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.message.Message;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.FunctionUnderTest;
import dev.knatter.functions.testing.MessageChangeContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.provider.Arguments;

final class EditTest extends MessageChangeContract {
  @RegisterExtension
  static final FunctionUnderTest function = new FunctionUnderTest("/v1/edit", EditEndpoints::endpoints);

  EditTest() {
    super(function, RateLimit.EDIT, 200, "content", "hello");
  }

  @Test
  void edit_isAnsweredAndStored() {
    Message sent = function.sent("helo");
    Answer edited = post(function.ada(), naming(sent, "content", "hello"));
    assertThat(edited.status()).isEqualTo(200);
    assertThat(edited.text("content")).isEqualTo("hello");
    assertThat(edited.text("sender")).isEqualTo("ada");
    assertThat(edited.text("recipient")).isEqualTo("grace");
    assertThat(edited.text("contentType")).isEqualTo("text/plain");
    assertThat(edited.body().path("version").asInt()).isEqualTo(2);
    assertThat(edited.text("editedAt")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(function.messages().present(sent).content()).isEqualTo("hello");
    assertThat(post(function.ada(), naming(sent, "content", "hello")).body()).isEqualTo(edited.body());

    Answer encrypted = post(function.ada(),
        naming(sent, "content", "AAAA", "contentType", "application/x-secret", "keyId", "k1"));
    assertThat(encrypted.text("contentType")).isEqualTo("application/x-secret");
    assertThat(encrypted.text("keyId")).isEqualTo("k1");
    assertThat(encrypted.body().path("version").asInt()).isEqualTo(3);
  }

  @Test
  void editOfAnotherAuthor_is403() {
    Message sent = function.sent("helo");
    assertThat(post(function.grace(), naming(sent, "content", "bye")).status()).isEqualTo(403);
    assertThat(function.messages().present(sent)).isEqualTo(sent);
  }

  @Override
  protected Stream<Arguments> invalid() {
    String id = "019a4f70-1c2d-7d5e-9f60-718293a4b5c6";
    return Stream.of(Arguments.of(body("id", id, "content", "x"), "/conversationId"),
        Arguments.of(body("conversationId", id, "content", "x"), "/id"),
        Arguments.of(body("conversationId", "1-1-1-1-1", "id", id, "content", "x"), "/conversationId"),
        Arguments.of(body("conversationId", id, "id", "yes", "content", "x"), "/id"),
        Arguments.of(body("conversationId", id, "id", id, "content", "x", "sender", "grace"), "/sender"),
        Arguments.of(body("conversationId", id, "id", id), "/content"),
        Arguments.of(body("conversationId", id, "id", id, "content", ""), "/content"),
        Arguments.of(body("conversationId", id, "id", id, "content", "x".repeat(16_385)), "/content"),
        Arguments.of(body("conversationId", id, "id", id, "content", "x", "contentType", "text"),
            "/contentType"),
        Arguments.of(body("conversationId", id, "id", id, "content", "x", "keyId", "a b"), "/keyId"));
  }
}
