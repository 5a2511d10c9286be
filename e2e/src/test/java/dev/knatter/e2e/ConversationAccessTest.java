package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.OnLocal;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Message;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.Test;

/** What two say to each other is nobody else's. */
@OnLocal
final class ConversationAccessTest {
  private final User ada;
  private final User grace;
  private final User eve;
  private final Message secret;

  ConversationAccessTest(Deployment deployment) {
    this.ada = User.create(deployment);
    this.grace = User.create(deployment);
    this.eve = User.create(deployment);
    this.secret = ada.say(grace.name(), Secrets.text("between us"));
  }

  @Test
  void conversation_readByAnotherUser_is404LikeAnUnknownOne() {
    Answer others = eve.exchange(User.reading("conversation", secret.conversation()));
    Answer none = eve.exchange(User.reading("conversation", UUID.randomUUID().toString()));
    assertThat(others.status()).isEqualTo(404);
    assertThat(others.problem()).isEqualTo("not-found");
    assertThat(others.body()).isEqualTo(none.body());
  }

  @Test
  void conversation_writtenToByAnotherUser_is404AndUnchanged() {
    Map<String, String> intrusion = Map.of("conversationId", secret.conversation(), "content",
        Secrets.text("hi"));
    assertThat(eve.send(intrusion).status()).isEqualTo(404);
    assertThat(grace.read().messages()).containsExactly(secret);
    assertThat(ada.read("with", grace.name()).messages()).containsExactly(secret);
  }

  @Test
  void message_isInNoPageOfAnotherUser() {
    for (String name : List.of(ada.name(), grace.name(), eve.name())) {
      assertThat(eve.read("with", name).messages()).isEmpty();
    }
    assertThat(eve.read().messages()).isEmpty();
    assertThat(eve.read("after", eve.read().previous()).messages()).isEmpty();
  }

  @Test
  void sender_isTheUserOfTheToken() {
    Message message = Message.of(eve.send(Map.of("to", grace.name(), "content", Secrets.text("I am Ada"))));
    assertThat(message.sender()).isEqualTo(eve.name());
    assertThat(grace.read("with", ada.name()).messages()).containsExactly(secret);
  }
}
