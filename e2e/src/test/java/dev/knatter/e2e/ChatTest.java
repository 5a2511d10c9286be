package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.OnLocal;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Client;
import dev.knatter.e2e.http.Message;
import dev.knatter.e2e.http.Page;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What everybody does. */
@OnLocal
final class ChatTest {
  private final Deployment deployment;
  private final User ada;
  private final User grace;

  ChatTest(Deployment deployment) {
    this.deployment = deployment;
    this.ada = User.create(deployment);
    this.grace = User.create(deployment);
  }

  @Test
  void read_byEitherOfTwoUsers_answersWhatBothSaidNewestFirst() {
    String first = ada.say(grace.name(), Secrets.text("1")).id();
    String second = grace.say(ada.name(), Secrets.text("2")).id();
    String third = ada.say(grace.name(), Secrets.text("3")).id();
    assertThat(ada.read("with", grace.name()).ids()).containsExactly(third, second, first);
    assertThat(grace.read("with", ada.name()).ids()).containsExactly(third, second, first);
    assertThat(ada.read().ids()).containsExactly(third, second, first);
    assertThat(grace.read().ids()).containsExactly(third, second, first);
  }

  @Test
  void send_toSomebody_answersWhatReadersSee() {
    Message sent = ada.say(grace.name(), Secrets.text("hello"));
    assertThat(sent.sender()).isEqualTo(ada.name());
    assertThat(sent.recipient()).isEqualTo(grace.name());
    assertThat(sent.contentType()).isEqualTo("text/plain");
    assertThat(Instant.parse(sent.sentAt())).isBetween(Instant.now().minusSeconds(60),
        Instant.now().plusSeconds(1));
    assertThat(grace.read("with", ada.name()).messages()).containsExactly(sent);
    assertThat(grace.read().messages()).containsExactly(sent);
    assertThat(ada.read("conversation", sent.conversation()).messages()).containsExactly(sent);
  }

  @Test
  void send_toTheConversation_arrivesAsIfSentToTheUser() {
    Message first = ada.say(grace.name(), Secrets.text("1"));
    Message second = Message.of(
        grace.send(Map.of("conversationId", first.conversation(), "content", Secrets.text("2"))));
    assertThat(second.conversation()).isEqualTo(first.conversation());
    assertThat(second.recipient()).isEqualTo(ada.name());
    assertThat(ada.read("with", grace.name()).messages()).containsExactly(second, first);
  }

  @Test
  void send_withEverything_answersEverything() {
    Message first = ada.say(grace.name(), Secrets.text("1"));
    Answer second = grace.send(Map.of("to", ada.name(), "content", Secrets.text("**2**"), "contentType",
        "text/markdown", "replyTo", first.id(), "keyId", "phone-1"));
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.text("contentType")).isEqualTo("text/markdown");
    assertThat(second.text("replyTo")).isEqualTo(first.id());
    assertThat(second.text("keyId")).isEqualTo("phone-1");
    Answer page = ada.exchange(User.reading("with", grace.name(), "limit", "1"));
    assertThat(page.json().at("/messages/0")).isEqualTo(second.json());
  }

  @Test
  void send_toOneself_isReadByNobodyElse() {
    Message note = ada.say(ada.name(), Secrets.text("note"));
    assertThat(ada.read("with", ada.name()).messages()).containsExactly(note);
    assertThat(ada.read().messages()).containsExactly(note);
    assertThat(grace.read().messages()).isEmpty();
  }

  @Test
  void send_asForm_is201() {
    String content = Secrets.text("a+b & c=d % é 😀\n");
    Message sent = Message
      .of(ada.exchange(Request.post("/v1/send").form("to", grace.name(), "content", content)));
    assertThat(sent.content()).isEqualTo(content);
    assertThat(grace.read().messages()).containsExactly(sent);
  }

  @Test
  void send_toANameInCapitals_reachesTheUser() {
    Message sent = ada.say(grace.name().toUpperCase(Locale.ROOT), Secrets.text("hello"));
    assertThat(sent.recipient()).isEqualTo(grace.name());
  }

  @Test
  void send_toUnknownUser_is404AndStoresNothing() {
    Answer answer = ada.send(Map.of("to", User.freeName(), "content", Secrets.text("lost")));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.problem()).isEqualTo("not-found");
    assertThat(answer.text("clientId")).isNotEmpty();
    assertThat(ada.read().messages()).isEmpty();
  }

  /** Among them names that others would fold into one of ours. */
  @Test
  void username_thatIsInvalid_is404() {
    for (String name : List.of("ab", "-ada", "ada ", "\u212aelvin", "\u017fam", "\uff41\uff44\uff41", "",
        "ada\u0000",
        "../ada", "a".repeat(33))) {
      Answer sent = ada
        .exchange(User.message(Map.of("to", name, "content", Secrets.text("lost"))).mistaken());
      assertThat(sent.status()).as("%s", sent).isEqualTo(404);
      Answer read = ada.exchange(User.reading("with", name).mistaken());
      assertThat(read.status()).as("%s", read).isEqualTo(404);
    }
    assertThat(ada.read().messages()).isEmpty();
  }

  @Test
  void read_ofAnEmptyConversation_givesACursorForTheFirstMessage() {
    Page empty = ada.read("with", grace.name());
    assertThat(empty.messages()).isEmpty();
    assertThat(empty.next()).isEmpty();
    Message sent = grace.say(ada.name(), Secrets.text("first"));
    Page page = ada.read("with", grace.name(), "after", empty.previous());
    assertThat(page.messages()).containsExactly(sent);
    assertThat(page.next()).isNotEmpty();
  }

  @Test
  void read_withUnknownUser_is404() {
    Answer answer = ada.exchange(User.reading("with", User.freeName()));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.problem()).isEqualTo("not-found");
  }

  @Test
  void read_thatWaits_answersWhenAMessageArrives() {
    String start = ada.read().previous();
    CompletableFuture<Page> waiting = CompletableFuture
      .supplyAsync(() -> ada.read("after", start, "wait", "25"));
    Message sent = grace.say(ada.name(), Secrets.text("wake up"));
    Awaitility.await("long before the end of the wait").until(waiting::isDone);
    assertThat(waiting.join().messages()).containsExactly(sent);
  }

  @Test
  void read_whoseWaitEnds_isAnEmptyPageWithACursor() {
    String start = ada.read().previous();
    Instant begin = Instant.now();
    Page page = ada.read("after", start, "wait", "1");
    assertThat(page.messages()).isEmpty();
    assertThat(page.next()).isNotEmpty();
    assertThat(Duration.between(begin, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(900));
  }

  @Test
  void head_ofMessages_answersTheHeadOfThePage() {
    Answer head = ada.exchange(Request.of("HEAD", "/v1/messages"));
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.contentType()).isEqualTo("application/json");
  }

  @Test
  void options_ofEachPath_nameItsMethods() {
    assertThat(Client.exchange(deployment, Request.of("OPTIONS", "/v1/send")).header("Allow"))
      .contains("POST");
    assertThat(Client.exchange(deployment, Request.of("OPTIONS", "/v1/messages")).header("Allow"))
      .contains("GET", "HEAD");
  }
}
