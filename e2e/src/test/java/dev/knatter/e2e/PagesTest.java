package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.OnLocal;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Together;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thousand messages, and every way to walk through them. Nothing arrives meanwhile, so nothing may come twice. */
@OnLocal
final class PagesTest {
  private final User ada;
  private final User grace;
  private final Thousand thousand;
  private final PageWalk conversation;
  private final PageWalk inbox;

  PagesTest(Deployment deployment) {
    this.thousand = deployment.once(Thousand.class, Thousand::say);
    this.ada = thousand.ada();
    this.grace = thousand.grace();
    this.conversation = new PageWalk(ada, "with", grace.name());
    this.inbox = new PageWalk(ada);
  }

  /**
   * What was said.
   *
   * @param conversationStart the cursor before the first message, in the conversation
   * @param inboxStart the same, in Ada's inbox
   * @param ids of all messages, oldest first
   */
  private record Thousand(User ada, User grace, String conversationStart, String inboxStart,
      List<String> ids) {
    static Thousand say(Deployment deployment) {
      User ada = User.create(deployment);
      User grace = User.create(deployment);
      String conversation = new PageWalk(ada, "with", grace.name()).start();
      String inbox = new PageWalk(ada).start();
      List<String> ids = Together.some(1000, 8, number -> say(number, number % 2 == 0 ? ada : grace,
          number % 2 == 0 ? grace : ada));
      return new Thousand(ada, grace, conversation, inbox, ids.stream().sorted().toList());
    }

    private static String say(int number, User sender, User addressee) {
      return sender.say(addressee.name(), Secrets.text(Integer.toString(number))).id();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 50, 37})
  void conversation_walkedToThePast_isWholeNewestFirst(int limit) {
    assertThat(conversation.toThePast(limit))
      .isEqualTo(thousand.ids().stream().sorted(Comparator.reverseOrder()).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 50, 37})
  void conversation_walkedToThePresent_isWholeOldestFirst(int limit) {
    assertThat(conversation.toThePresent(thousand.conversationStart(), limit)).isEqualTo(thousand.ids());
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 37})
  void inbox_walkedEitherWay_isWholeInTheSameOrder(int limit) {
    List<String> past = inbox.toThePast(limit);
    assertThat(past).containsExactlyInAnyOrderElementsOf(thousand.ids());
    assertThat(inbox.toThePresent(thousand.inboxStart(), limit)).isEqualTo(past.reversed());
  }

  @Test
  void conversation_readWithoutLimit_answersFifty() {
    assertThat(ada.read("with", grace.name()).messages()).hasSize(50);
    assertThat(ada.read().messages()).hasSize(50);
  }

  @Test
  void conversation_readAfterItsNewestMessage_isEmpty() {
    assertThat(conversation.toThePresent(ada.read("with", grace.name(), "limit", "1").previous(), 100))
      .isEmpty();
  }
}
