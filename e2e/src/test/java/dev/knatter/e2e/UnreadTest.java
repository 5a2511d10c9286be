package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.OnProcesses;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Message;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What has not been read, and who sees what has been. */
@OnProcesses
final class UnreadTest {
  private static final String PATH = "/v1/conversations";

  private final User ada;
  private final User grace;

  UnreadTest(Deployment deployment) {
    this.ada = User.create(deployment);
    this.grace = User.create(deployment);
  }

  private static JsonNode listed(User reader) {
    Answer list = reader.exchange(Request.get(PATH));
    assertThat(list.status()).as("%s", list).isEqualTo(200);
    return list.json().at("/conversations/0");
  }

  private static void read(User reader, Message upTo) {
    Answer answer = reader.exchange(
        Request.post("/v1/read").json(Map.of("conversationId", upTo.conversation(), "upTo", upTo.id())));
    assertThat(answer.status()).as("%s", answer).isEqualTo(204);
  }

  private static List<String> receipts(User reader, String conversation) {
    Answer answer = reader.exchange(Request.get(PATH + "/" + conversation + "/receipts"));
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return answer.json().path("receipts").valueStream().map(each -> each.path("upTo").asString()).toList();
  }

  @Test
  void messages_areUnreadUntilTheyAreMarked() {
    Message first = ada.say(grace.name(), Secrets.text("one"));
    Message second = ada.say(grace.name(), Secrets.text("two"));
    JsonNode conversation = listed(grace);
    assertThat(conversation.path("kind").asString()).isEqualTo("direct");
    assertThat(conversation.path("conversationId").asString()).isEqualTo(second.conversation());
    assertThat(conversation.path("unread").asInt()).isEqualTo(2);
    assertThat(conversation.at("/lastMessage/content").asString())
      .isEqualTo(first.id().compareTo(second.id()) > 0 ? first.content() : second.content());
    assertThat(listed(ada).path("unread").asInt()).isZero();

    read(grace, first);
    read(grace, second);
    read(grace, first); // another device, which is behind
    assertThat(listed(grace).path("unread").asInt()).isZero();
    Message third = ada.say(grace.name(), Secrets.text("three"));
    assertThat(listed(grace).path("unread").asInt()).isOne();
    assertThat(grace.exchange(Request.post("/v1/read")
      .form("conversationId", third.conversation(), "upTo", third.id())).status()).isEqualTo(204);
    assertThat(listed(grace).path("readUpTo").asString()).isEqualTo(third.id());
  }

  @Test
  void deletedMessage_isNotUnread() {
    Message sent = ada.say(grace.name(), Secrets.text("never said"));
    assertThat(ada.exchange(Request.post("/v1/delete")
      .json(Map.of("conversationId", sent.conversation(), "id", sent.id()))).status()).isEqualTo(204);
    assertThat(listed(grace).path("unread").asInt()).isZero();
    assertThat(listed(grace).path("lastMessage").has("deletedAt")).isTrue();
  }

  @Test
  void receipts_areForThoseWhoShowTheirOwn() {
    Message sent = ada.say(grace.name(), Secrets.text("hello"));
    read(grace, sent);
    assertThat(receipts(ada, sent.conversation())).containsExactly(sent.id());
    assertThat(grace.exchange(Request.of("PATCH", "/v1/me").json(Map.of("readReceipts", false)))
      .json()
      .path("readReceipts")
      .asBoolean(true)).isFalse();
    assertThat(receipts(ada, sent.conversation())).isEmpty();
    read(ada, sent);
    assertThat(receipts(grace, sent.conversation())).isEmpty();
    assertThat(grace.exchange(Request.get("/v1/me/export"))
      .lines()
      .valueStream()
      .filter(line -> line.path("type").asString().equals("readMark"))
      .map(line -> line.path("upTo").asString())).containsExactly(sent.id());
  }

  @Test
  void conversationOfOthers_isNotThere() {
    Message sent = ada.say(ada.name(), Secrets.text("note"));
    assertThat(grace.exchange(Request.post("/v1/read")
      .json(Map.of("conversationId", sent.conversation(), "upTo", sent.id()))).problem())
      .isEqualTo("not-found");
    assertThat(grace.exchange(Request.get(PATH + "/" + sent.conversation() + "/receipts")).problem())
      .isEqualTo("not-found");
  }
}
