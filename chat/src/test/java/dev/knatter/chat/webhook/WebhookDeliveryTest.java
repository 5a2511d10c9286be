package dev.knatter.chat.webhook;

import static dev.knatter.chat.webhook.WebhookFixture.answered;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.TestGroup;
import dev.knatter.shared.Uuid7;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class WebhookDeliveryTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private WebhookFixture fixture;

  @BeforeEach
  void open() {
    fixture = new WebhookFixture(stores);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private List<UUID> told() {
    return fixture.sent.stream().map(request -> request.webhook().id()).toList();
  }

  @Test
  void message_isToldToSenderAndRecipientAndToNobodyElse() {
    Webhook hers = fixture.create(fixture.ada);
    Webhook others = fixture.create(fixture.grace);
    fixture.create(UUID.randomUUID());
    WebhookEvent event = fixture.say("hello");
    fixture.deliver(event);

    assertThat(told()).containsExactlyInAnyOrder(hers.id(), others.id());
    WebhookRequest request = fixture.sent.getFirst();
    assertThat(request.eventId()).isEqualTo("sent-" + event.messageId());
    assertThat(request.type()).isEqualTo("dev.knatter.message.sent.v1");
    assertThat(request.subject()).isEqualTo(event.conversationId());
    assertThat(request.data()).isInstanceOfSatisfying(MessageData.class, message -> {
      assertThat(message.id()).isEqualTo(event.messageId());
      assertThat(message.content()).isEqualTo("hello");
      assertThat(message.version()).isOne();
    });
    assertThat(fixture.reports.newest(hers.id())).singleElement().satisfies(report -> {
      assertThat(report.delivered()).isTrue();
      assertThat(report.status()).isEqualTo(204);
      assertThat(report.attempt()).isOne();
      assertThat(report.latencyMs()).isEqualTo(7);
      assertThat(report.messageId()).isEqualTo(event.messageId());
      assertThat(report.nextTry()).isNull();
    });
    assertThat(fixture.parked()).isZero();
  }

  @Test
  void messageOfAGroup_isToldToMembersWhoMaySeeIt() {
    UUID left = UUID.randomUUID();
    TestGroup group = new TestGroup(stores.session(), List.of(fixture.ada, fixture.grace, left));
    WebhookEvent event = fixture.say(group.known(List.of(fixture.ada, fixture.grace, left)), "hello");
    group.remove(left);
    UUID later = UUID.randomUUID();
    group.add(later, Uuid7.last(Uuid7.millis(event.messageId())));
    Webhook hers = fixture.create(fixture.ada);
    Webhook others = fixture.create(fixture.grace);
    fixture.create(left);
    fixture.create(later);
    fixture.deliver(event);

    assertThat(told()).containsExactlyInAnyOrder(hers.id(), others.id());
  }

  /** Each message would read thousands of partitions to find out again. */
  @Test
  void thatMembersOfALargeGroupHaveNoWebhook_isRememberedAWhile() {
    List<UUID> members = Stream.concat(Stream.of(fixture.ada, fixture.grace),
        Stream.generate(UUID::randomUUID).limit(Conversation.MAX_MEMBERS))
      .toList();
    TestGroup group = new TestGroup(stores.session(), members);
    WebhookDelivery process = fixture.process();
    process.deliver(fixture.say(group.known(List.of(fixture.ada)), "one"));
    Webhook created = fixture.create(fixture.grace);
    process.deliver(fixture.say(group.known(List.of(fixture.ada)), "two"));
    assertThat(told()).isEmpty();
    fixture.deliver(fixture.say(group.known(List.of(fixture.ada)), "three"));
    assertThat(told()).as("by a process that does not remember it").containsExactly(created.id());
  }

  @Test
  void sameEventAgain_hasTheSameIdForTheSameWebhookOnly() {
    fixture.create(fixture.ada);
    fixture.create(fixture.grace);
    WebhookEvent event = fixture.say("hello");
    fixture.deliver(event);
    fixture.deliver(event);

    assertThat(fixture.sent).hasSize(4);
    assertThat(fixture.sent.stream().map(WebhookRequest::deliveryId).distinct()).hasSize(2)
      .allMatch(id -> id.matches("msg_[0-9a-f]{32}"));
    fixture.sent.clear();
    fixture.deliver(fixture.say("hello"));
    assertThat(fixture.sent).extracting(WebhookRequest::deliveryId).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void webhook_thatIsForSomethingElse_isNotTold() {
    fixture.create(fixture.ada, UUID.randomUUID(), null);
    Webhook disabled = fixture.create(fixture.ada);
    fixture.webhooks.disable(disabled, fixture.clock.instant(), "gone");
    UUID ended = fixture.openSession(fixture.ada);
    fixture.create(fixture.ada, null, ended);
    fixture.endSession(fixture.ada, ended);
    UUID open = fixture.openSession(fixture.ada);
    fixture.create(fixture.ada, null, open);
    WebhookEvent event = fixture.say("hello");
    Webhook ofThis = fixture.create(fixture.grace, event.conversationId(), null);
    fixture.deliver(event);

    assertThat(told()).containsExactlyInAnyOrder(open, ofThis.id());
  }

  @Test
  void messageThatIsNotThere_isToldToNobody() {
    fixture.create(fixture.ada);
    WebhookEvent event = fixture.say("hello");
    fixture.deliver(new WebhookEvent(WebhookType.MESSAGE_SENT, event.conversationId(), UUID.randomUUID()));
    fixture.deliver(new WebhookEvent(WebhookType.MESSAGE_SENT, UUID.randomUUID(), event.messageId()));
    assertThat(fixture.sent).isEmpty();
  }

  @Test
  void editAndDeletion_areToldWithTheStateOfNow_andEachUnderAnIdOfItsOwn() {
    Webhook webhook = fixture.create(fixture.grace);
    WebhookEvent sent = fixture.say("hello");
    WebhookEvent edited = fixture.edit(sent, "hello again");
    fixture.deliver(edited);
    WebhookEvent editedAgain = fixture.edit(sent, "hello for the third time");
    fixture.answers.put(webhook.id(), answered(503));
    fixture.deliver(editedAgain);
    fixture.answers.clear();
    WebhookEvent deleted = fixture.delete(sent);
    fixture.deliver(deleted);
    assertThat(fixture.retryAfter(Duration.ofMinutes(15))).isOne();

    assertThat(fixture.sent).extracting(WebhookRequest::eventId)
      .containsExactly("edited-" + sent.messageId() + "-2", "edited-" + sent.messageId() + "-3",
          "deleted-" + sent.messageId(), "edited-" + sent.messageId() + "-3");
    assertThat(fixture.sent).extracting(request -> ((MessageData) request.data()).content())
      .containsExactly("hello again", "hello for the third time", "", "");
    assertThat(fixture.sent).extracting(request -> ((MessageData) request.data()).version())
      .containsExactly(2, 3, 4, 4);
    assertThat(fixture.sent.get(2)).satisfies(request -> {
      assertThat(request.type()).isEqualTo("dev.knatter.message.deleted.v1");
      assertThat(request.time()).isEqualTo(((MessageData) request.data()).deletedAt());
    });
  }

  @Test
  void changeThatWasNotMade_isToldToNobody() {
    fixture.create(fixture.grace);
    WebhookEvent sent = fixture.say("hello");
    fixture.deliver(
        new WebhookEvent(WebhookType.MESSAGE_EDITED, sent.conversationId(), sent.messageId(), 2));
    fixture.deliver(new WebhookEvent(WebhookType.MESSAGE_DELETED, sent.conversationId(), sent.messageId()));
    assertThat(fixture.sent).isEmpty();
  }

  @Test
  void failedDelivery_isParkedAndTriedAgainUntilItIsDelivered() {
    Webhook webhook = fixture.create(fixture.ada);
    fixture.answers.put(webhook.id(), answered(503));
    WebhookEvent event = fixture.say("hello");
    fixture.deliver(event);
    assertThat(fixture.parked()).isOne();
    assertThat(fixture.reports.newest(webhook.id())).singleElement().satisfies(report -> {
      assertThat(report.delivered()).isFalse();
      assertThat(report.outcome()).isEqualTo("The receiver answered 503.");
      assertThat(report.nextTry()).isAfter(fixture.clock.instant());
    });

    assertThat(fixture.retryAfter(Duration.ofMinutes(5))).as("not due yet").isZero();
    assertThat(fixture.sent).hasSize(1);
    assertThat(fixture.retryAfter(Duration.ofMinutes(10))).isZero();
    assertThat(fixture.sent).hasSize(2);
    fixture.answers.clear();
    assertThat(fixture.retryAfter(Duration.ofMinutes(40))).isOne();

    assertThat(fixture.sent).hasSize(3)
      .extracting(WebhookRequest::deliveryId)
      .containsOnly(
          fixture.sent.getFirst().deliveryId());
    assertThat(fixture.parked()).isZero();
    assertThat(fixture.reports.newest(webhook.id())).extracting(DeliveryReport::attempt)
      .containsExactly(3, 2, 1);
    assertThat(fixture.retryAfter(Duration.ofHours(30))).isZero();
    assertThat(fixture.sent).hasSize(3);
  }

  @Test
  void receiverThatFailsForADay_isDisabledAndItsOwnerCanSeeWhy() {
    Webhook webhook = fixture.create(fixture.ada);
    fixture.answers.put(webhook.id(), DeliveryOutcome.unanswered("No connection.", Duration.ofMillis(3)));
    fixture.deliver(fixture.say("hello"));
    int attempts = 0;
    for (int minutes = 0; minutes < 26 * 60
        && fixture.webhooks.require(fixture.ada, webhook.id()).isEnabled(); minutes += 10) {
      attempts = fixture.sent.size();
      fixture.retryAfter(Duration.ofMinutes(10));
    }

    assertThat(attempts).isEqualTo(7);
    assertThat(fixture.sent).hasSize(8);
    Webhook disabled = fixture.webhooks.require(fixture.ada, webhook.id());
    assertThat(disabled.isEnabled()).isFalse();
    assertThat(disabled.disabledReason()).contains("24 hours").contains("No connection.");
    fixture.awaitDisabled(webhook);
    assertThat(fixture.parked()).isZero();
    fixture.deliver(fixture.say("anybody there?"));
    assertThat(fixture.sent).hasSize(8);
  }

  @Test
  void receiverThatWantsNoMore_isDisabledAtOnce() {
    Webhook webhook = fixture.create(fixture.ada);
    fixture.answers.put(webhook.id(), answered(410));
    fixture.deliver(fixture.say("hello"));

    Webhook disabled = fixture.webhooks.require(fixture.ada, webhook.id());
    assertThat(disabled.isEnabled()).isFalse();
    assertThat(disabled.disabledReason()).isEqualTo("The receiver answered 410.");
    fixture.awaitDisabled(webhook);
    assertThat(fixture.parked()).isZero();
  }

  @Test
  void parkedDelivery_isDroppedWhereWebhookSessionOrMembershipIsGone() {
    Webhook deleted = fixture.create(fixture.ada);
    UUID session = fixture.openSession(fixture.ada);
    Webhook ofSession = fixture.create(fixture.ada, null, session);
    Webhook ofMember = fixture.create(fixture.grace);
    for (Webhook webhook : List.of(deleted, ofSession, ofMember)) {
      fixture.answers.put(webhook.id(), answered(500));
    }
    WebhookEvent event = fixture.say("hello");
    fixture.deliver(event);
    assertThat(fixture.parked()).isEqualTo(3);

    fixture.webhooks.delete(fixture.ada, deleted.id());
    fixture.endSession(fixture.ada, session);
    stores.session()
      .execute("UPDATE conversations SET members = ? WHERE conversation_id = ?", List.of(fixture.ada),
          event.conversationId());
    fixture.answers.clear();
    assertThat(fixture.retryAfter(Duration.ofMinutes(15))).isZero();

    assertThat(fixture.sent).hasSize(3);
    assertThat(fixture.parked()).isZero();
    assertThat(fixture.published).isEmpty();
  }

  @Test
  void manyDeliveriesToAReceiverThatIsAway_costOneAttempt() {
    Webhook away = fixture.create(fixture.ada);
    Webhook back = fixture.create(fixture.grace);
    fixture.answers.put(away.id(), DeliveryOutcome.unanswered("No connection.", Duration.ofMillis(3)));
    fixture.answers.put(back.id(), answered(500));
    for (int i = 0; i < 20; i++) {
      fixture.deliver(fixture.say("hello " + i));
    }
    fixture.answers.remove(back.id());
    fixture.sent.clear();

    assertThat(fixture.retryAfter(Duration.ofMinutes(15))).isEqualTo(20);
    assertThat(told()).filteredOn(away.id()::equals).hasSize(1);
    assertThat(told()).filteredOn(back.id()::equals).hasSize(20);
    assertThat(fixture.parked()).isEqualTo(20);
    assertThat(fixture.reports.newest(away.id())).filteredOn(report -> report.attempt() == 2).hasSize(20);
  }

  @Test
  void receiverThatRefusesOneEvent_getsTheOthers() {
    Webhook webhook = fixture.create(fixture.ada);
    fixture.answers.put(webhook.id(), answered(500));
    WebhookEvent refused = fixture.say("refused");
    fixture.deliver(refused);
    for (int i = 0; i < 10; i++) {
      fixture.deliver(fixture.say("hello " + i));
    }
    fixture.answers.clear();
    fixture.refused = refused;

    assertThat(fixture.retryAfter(Duration.ofMinutes(15))).isEqualTo(10);
    assertThat(fixture.parked()).isOne();
  }

  @Test
  void receiverThatRefusesAll_isNotAskedForAll() {
    Webhook webhook = fixture.create(fixture.ada);
    fixture.answers.put(webhook.id(), answered(500));
    for (int i = 0; i < 20; i++) {
      fixture.deliver(fixture.say("hello " + i));
    }
    fixture.sent.clear();
    assertThat(fixture.retryAfter(Duration.ofMinutes(15))).isZero();
    assertThat(fixture.sent).hasSizeBetween(5, 9);
    assertThat(fixture.parked()).isEqualTo(20);
  }

  @Test
  void receiverThatWasSlow_isLeftAloneForAWhile() {
    Webhook slow = fixture.create(fixture.ada);
    fixture.answers.put(slow.id(), DeliveryOutcome.unanswered("No answer.", WebhookSender.LONGEST));
    WebhookDelivery process = fixture.process();
    process.deliver(fixture.say("one"));
    process.deliver(fixture.say("two"));

    assertThat(fixture.sent).hasSize(1);
    assertThat(fixture.parked()).isEqualTo(2);
    assertThat(fixture.reports.newest(slow.id())).hasSize(2);
  }

  @Test
  void deliveryThatCouldNotBeSent_isParkedAndTriedAgainBeforeAnythingIsGivenUp() {
    Webhook webhook = fixture.create(fixture.ada);
    fixture.answers.put(webhook.id(), DeliveryOutcome.notSent("Too much."));
    fixture.deliver(fixture.say("hello"));
    assertThat(fixture.parked()).isOne();
    assertThat(fixture.retryAfter(Duration.ofMinutes(15))).isZero();
    assertThat(fixture.parked()).as("it stays where it is").isOne();

    fixture.answers.clear();
    assertThat(fixture.retryAfter(Duration.ofMinutes(10))).isOne();
    assertThat(fixture.parked()).isZero();
  }

  @Test
  void types_thatAreNotChosen_areNotTold() {
    UUID id = UUID.randomUUID();
    NewWebhook other = new NewWebhook(WebhookFixture.URL, Set.of("dev.knatter.something.else.v9"), null,
        null);
    fixture.webhooks.create(fixture.ada, id, other);
    fixture.deliver(fixture.say("hello"));
    assertThat(fixture.sent).isEmpty();
  }
}
