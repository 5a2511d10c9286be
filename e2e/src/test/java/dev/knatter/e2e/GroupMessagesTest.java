package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

/** What the members of a group write, and who reads it. */
@OnProcesses
final class GroupMessagesTest {
  private final User ada;
  private final User grace;
  private final User linus;

  GroupMessagesTest(Deployment deployment) {
    this.ada = User.create(deployment);
    this.grace = User.create(deployment);
    this.linus = User.create(deployment);
  }

  /** A group of Ada and Grace. */
  private String create(String history) {
    Answer created = ada.exchange(Request.post("/v1/conversations")
      .json(Map.of("name", Secrets.text("engines"), "members", List.of(grace.name()), "history", history)));
    assertThat(created.status()).as("%s", created).isEqualTo(201);
    return created.text("conversationId");
  }

  private static String members(String group) {
    return "/v1/conversations/" + group + "/members";
  }

  private void add(String group, User user) {
    assertThat(ada.exchange(Request.post(members(group)).json(Map.of("username", user.name()))).status())
      .isEqualTo(201);
  }

  private static Answer send(User sender, String group, Map<String, String> more) {
    Map<String, String> body = new HashMap<>(more);
    body.put("conversationId", group);
    body.put("content", Secrets.text("hello"));
    return sender.exchange(Request.post("/v1/send").json(body));
  }

  private static Answer change(User caller, String operation, Message message, Map<String, String> more) {
    Map<String, String> body = new HashMap<>(more);
    body.put("conversationId", message.conversation());
    body.put("id", message.id());
    return caller.exchange(Request.post("/v1/" + operation).json(body));
  }

  private static List<String> exported(User user) {
    return user.exchange(Request.get("/v1/me/export"))
      .lines()
      .valueStream()
      .filter(line -> line.path("type").asString().equals("message"))
      .map(line -> line.path("id").asString())
      .toList();
  }

  @Test
  void message_reachesAllMembers_alsoThoseWhoWait() {
    String group = create("all");
    String cursor = grace.read().previous();
    CompletableFuture<Page> waiting = CompletableFuture
      .supplyAsync(() -> grace.read("after", cursor, "wait", "25"));
    Message sent = Message.of(send(ada, group, Map.of()));
    assertThat(sent.recipient()).isEmpty();
    Awaitility.await("long before the end of the wait").until(waiting::isDone);
    assertThat(waiting.join().messages()).containsExactly(sent);
    assertThat(grace.read("conversation", group).messages()).containsExactly(sent);
    assertThat(ada.read().messages()).containsExactly(sent);

    Message reply = Message.of(send(grace, group, Map.of("replyTo", sent.id())));
    assertThat(ada.read("conversation", group).ids()).containsExactly(reply.id(), sent.id());
    String content = Secrets.text("corrected");
    assertThat(change(grace, "edit", reply, Map.of("content", content)).status()).isEqualTo(200);
    assertThat(ada.read().contents()).first().isEqualTo(content);
    assertThat(change(grace, "delete", sent, Map.of()).problem()).as("not hers, and she is no moderator")
      .isEqualTo("forbidden");
    assertThat(change(ada, "delete", reply, Map.of()).status()).as("the owner").isEqualTo(204);
    JsonNode marker = grace.exchange(User.reading("conversation", group)).json().at("/messages/0");
    assertThat(marker.has("deletedAt")).isTrue();
  }

  @Test
  void stranger_findsNothing_andANewMemberWhatCameAfterThem() {
    String group = create("since-joining");
    Message before = Message.of(send(ada, group, Map.of()));
    assertThat(send(linus, group, Map.of()).problem()).isEqualTo("not-found");
    assertThat(linus.exchange(User.reading("conversation", group)).problem()).isEqualTo("not-found");
    assertThat(change(linus, "react", before, Map.of("emoji", "!")).problem()).isEqualTo("not-found");
    assertThat(ada.exchange(User.reading("conversation", UUID.randomUUID().toString())).problem())
      .isEqualTo("not-found");

    add(group, linus);
    assertThat(linus.read("conversation", group).messages()).isEmpty();
    assertThat(change(linus, "react", before, Map.of("emoji", "!")).problem()).isEqualTo("not-found");
    assertThat(ada.exchange(Request.of("PUT", "/v1/blocks/" + linus.name())).status()).isEqualTo(204);
    Message after = Message.of(send(linus, group, Map.of()));
    assertThat(ada.read("conversation", group).ids()).as("blocks do not concern groups")
      .containsExactly(after.id(), before.id());
    Page page = linus.read("conversation", group);
    assertThat(page.messages()).containsExactly(after);
    assertThat(page.next()).isEmpty();
    assertThat(linus.read("conversation", group, "after", page.previous()).messages()).isEmpty();
    assertThat(linus.read().messages()).containsExactly(after);
    assertThat(exported(linus)).containsExactly(after.id());
  }

  @Test
  void whoIsRemoved_seesNothingNew_andExportsWhatTheyWrote() {
    String group = create("all");
    add(group, linus);
    Message theirs = Message.of(send(linus, group, Map.of()));
    Message others = Message.of(send(ada, group, Map.of()));
    assertThat(linus.read().ids()).contains(theirs.id());
    assertThat(ada.exchange(Request.of("DELETE", members(group) + "/" + linus.name())).status())
      .isEqualTo(204);

    Awaitility.await("a membership is remembered for five seconds")
      .atMost(Duration.ofMinutes(1))
      .untilAsserted(() -> {
        assertThat(linus.exchange(User.reading("conversation", group)).problem()).isEqualTo("not-found");
        assertThat(send(linus, group, Map.of()).problem()).isEqualTo("not-found");
        assertThat(linus.read().messages()).isEmpty();
        assertThat(exported(linus)).contains(theirs.id()).doesNotContain(others.id());
      });
    assertThat(change(linus, "edit", theirs, Map.of("content", Secrets.text("again"))).status())
      .isEqualTo(404);
    assertThat(grace.read("conversation", group).ids()).contains(theirs.id());

    add(group, linus);
    assertThat(send(linus, group, Map.of()).status()).as("that somebody is no member is never remembered")
      .isEqualTo(201);
  }
}
