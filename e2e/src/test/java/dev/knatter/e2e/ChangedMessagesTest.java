package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.OnProcesses;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Message;
import dev.knatter.e2e.http.Page;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Messages that are edited, deleted and reacted to, and how their readers learn of it. */
@OnProcesses
final class ChangedMessagesTest {
  private static final String THUMB = "\uD83D\uDC4D";

  private final User ada;
  private final User grace;

  ChangedMessagesTest(Deployment deployment) {
    this.ada = User.create(deployment);
    this.grace = User.create(deployment);
  }

  private static Answer change(User caller, String operation, Message message, Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("conversationId", message.conversation());
    body.put("id", message.id());
    return caller.exchange(Request.post("/v1/" + operation).json(body));
  }

  private static JsonNode first(User reader, String... query) {
    Answer page = reader.exchange(User.reading(query));
    assertThat(page.status()).isEqualTo(200);
    return page.json().at("/messages/0");
  }

  @Test
  void edit_isSeenByEverybodyAtOnce() {
    Message sent = ada.say(grace.name(), Secrets.text("helo"));
    String cursor = grace.read().previous();
    assertThat(grace.read("with", ada.name()).messages()).containsExactly(sent);
    CompletableFuture<Page> waiting = CompletableFuture
      .supplyAsync(() -> grace.read("after", cursor, "wait", "25"));

    String content = Secrets.text("hello");
    Answer edited = change(ada, "edit", sent, Map.of("content", content));
    assertThat(edited.status()).as("%s", edited).isEqualTo(200);
    assertThat(edited.json().path("version").asInt()).isEqualTo(2);
    assertThat(edited.text("editedAt")).isNotEmpty();
    assertThat(first(grace, "with", ada.name())).isEqualTo(edited.json());
    Awaitility.await("long before the end of the wait").until(waiting::isDone);
    assertThat(waiting.join().contents()).containsExactly(content);
    assertThat(grace.read("with", ada.name()).ids()).as("a walk shows it once").containsExactly(sent.id());

    assertThat(change(ada, "edit", sent, Map.of("content", content)).json()).isEqualTo(edited.json());
    assertThat(change(grace, "edit", sent, Map.of("content", content)).status()).isEqualTo(403);
  }

  @Test
  void deletion_takesTheContentAway() {
    Message sent = ada.say(grace.name(), Secrets.text("never said"));
    String cursor = grace.read().previous();
    assertThat(change(grace, "react", sent, Map.of("emoji", THUMB)).status()).isEqualTo(204);
    assertThat(change(grace, "delete", sent, Map.of()).status()).isEqualTo(403);
    for (int i = 0; i < 2; i++) {
      assertThat(change(ada, "delete", sent, Map.of()).status()).isEqualTo(204);
    }
    for (JsonNode marker : List.of(first(grace, "with", ada.name()), first(grace, "after", cursor))) {
      assertThat(marker.path("content").asString("?")).isEmpty();
      assertThat(marker.path("sender").asString()).isEqualTo(ada.name());
      assertThat(marker.path("version").asInt()).isEqualTo(2);
      assertThat(marker.has("deletedAt")).isTrue();
      assertThat(marker.has("reactions")).isFalse();
    }
    assertThat(change(ada, "edit", sent, Map.of("content", Secrets.text("back"))).status()).isEqualTo(404);
    assertThat(change(grace, "react", sent, Map.of("emoji", THUMB)).status()).isEqualTo(404);
  }

  @Test
  void reactions_areCounted_andTakenBack() {
    Message sent = ada.say(grace.name(), Secrets.text("hello"));
    String cursor = ada.read().previous();
    assertThat(grace.exchange(Request.post("/v1/react")
      .form("conversationId", sent.conversation(), "id", sent.id(), "emoji", THUMB)).status()).isEqualTo(204);
    assertThat(change(ada, "react", sent, Map.of("emoji", THUMB)).status()).isEqualTo(204);
    assertThat(first(ada, "after", cursor).path("version").asInt()).isOne();
    JsonNode reaction = first(ada, "with", grace.name()).at("/reactions/0");
    assertThat(reaction.path("emoji").asString()).isEqualTo(THUMB);
    assertThat(reaction.path("count").asInt()).isEqualTo(2);
    assertThat(reaction.path("mine").asBoolean()).isTrue();
    assertThat(reaction.path("users").valueStream().map(JsonNode::asString)).containsExactlyInAnyOrder(
        ada.name(),
        grace.name());

    for (User user : List.of(ada, grace, grace)) {
      assertThat(change(user, "react", sent, Map.of("emoji", THUMB, "remove", true)).status()).isEqualTo(204);
    }
    assertThat(first(ada, "with", grace.name()).has("reactions")).isFalse();
  }
}
