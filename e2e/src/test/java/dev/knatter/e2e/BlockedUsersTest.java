package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.OnProcesses;
import dev.knatter.e2e.deploy.Pod;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Message;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.Test;

/** Whom somebody does not want to hear from. Two processes send, and both remember better days. */
@OnProcesses
final class BlockedUsersTest {
  private final User ada;
  private final User grace;
  private final List<Pod> senders;

  BlockedUsersTest(Deployment deployment) {
    this.ada = User.create(deployment);
    this.grace = User.create(deployment);
    this.senders = deployment.pods("/v1/send", 2);
  }

  private static Answer block(User caller, String method, String name) {
    return caller.exchange(Request.of(method, "/v1/blocks/" + name));
  }

  private static Answer send(Pod pod, User sender, Map<String, String> fields) {
    return sender.exchange(pod, User.message(fields));
  }

  private Map<String, String> toGrace() {
    return Map.of("to", grace.name(), "content", Secrets.text("hello"));
  }

  @Test
  void block_refusesSendsInEveryProcess() {
    Message welcome = Message.of(send(senders.getFirst(), ada, toGrace()));
    Map<String, String> inConversation = Map.of("conversationId", welcome.conversation(), "content",
        Secrets.text("hello"));
    for (Pod pod : senders) {
      assertThat(send(pod, ada, inConversation).status()).isEqualTo(201);
      assertThat(send(pod, ada, toGrace()).status()).isEqualTo(201);
    }
    List<Message> before = grace.read().messages();

    assertThat(block(grace, "PUT", ada.name()).status()).isEqualTo(204);
    for (Pod pod : senders) {
      for (Map<String, String> message : List.of(toGrace(), inConversation)) {
        Answer refused = send(pod, ada, message);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.problem()).isEqualTo("forbidden");
      }
    }
    assertThat(grace.read().messages()).isEqualTo(before);
    assertThat(grace.read("with", ada.name()).messages()).isEqualTo(before);
    assertThat(ada.read().messages()).isEqualTo(before);
    Message reply = grace.say(ada.name(), Secrets.text("I may"));
    assertThat(ada.read().messages().getFirst()).isEqualTo(reply);

    assertThat(block(grace, "DELETE", ada.name()).status()).isEqualTo(204);
    for (Pod pod : senders) {
      assertThat(send(pod, ada, toGrace()).status()).isEqualTo(201);
      assertThat(send(pod, ada, inConversation).status()).isEqualTo(201);
    }
  }

  @Test
  void blocks_areListedForTheirOwnerAlone() {
    assertThat(block(grace, "PUT", ada.name()).status()).isEqualTo(204);
    assertThat(block(grace, "PUT", ada.name()).status()).isEqualTo(204);
    Answer list = grace.exchange(Request.get("/v1/blocks"));
    assertThat(list.json().path("blocks").valueStream().map(each -> each.path("userId").asString()))
      .containsExactly(ada.id());
    assertThat(ada.exchange(Request.get("/v1/blocks")).json().path("blocks").isEmpty()).isTrue();
    assertThat(ada.exchange(Request.get("/v1/users/" + grace.name())).status()).isEqualTo(200);
  }

  @Test
  void block_ofNobodyIs404AndOfOneselfIs400() {
    assertThat(block(grace, "PUT", User.freeName()).status()).isEqualTo(404);
    assertThat(block(grace, "DELETE", User.freeName()).status()).isEqualTo(404);
    assertThat(block(grace, "PUT", grace.name()).pointers()).containsExactly("/username");
  }
}
