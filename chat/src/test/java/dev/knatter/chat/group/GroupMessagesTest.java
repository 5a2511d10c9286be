package dev.knatter.chat.group;

import static dev.knatter.chat.group.GroupFixture.by;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.HistoryPolicy;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.message.Message;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.RedisListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether all members of groups have all messages, and nobody else has any. */
final class GroupMessagesTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static final int CHECKED = 40;

  /** Half of the processes stop after each commit. */
  @ParameterizedTest
  @CsvSource({"3, 30, ALL", "65, 30, SINCE_JOINING"})
  void everyMember_hasAllSinceTheyJoined(int size, int steps, HistoryPolicy history) {
    long seed = System.nanoTime();
    try (GroupMessages messages = new GroupMessages(stores, size, history, seed)) {
      for (int i = 0; i < steps; i++) {
        messages.step();
      }
      messages.sweep();

      List<UUID> checked = new ArrayList<>(messages.members.keySet());
      Collections.shuffle(checked, new Random(seed));
      for (UUID member : checked.subList(0, Math.min(CHECKED, checked.size()))) {
        int joined = messages.members.getOrDefault(member, 0);
        await().atMost(GroupFixture.ENOUGH) // the process that did not stop may still be at it
          .untilAsserted(() -> assertThat(messages.inbox(member)).as("a member, seed %d", seed)
            .containsAll(ids(messages.sent.subList(joined, messages.sent.size()))));
        if (history == HistoryPolicy.SINCE_JOINING) {
          List<UUID> before = ids(messages.sent.subList(0, joined));
          assertThat(messages.inbox(member)).as("what was there before they joined, seed %d", seed)
            .filteredOn(before::contains)
            .isEmpty();
        }
      }
      for (UUID stranger : messages.gone) {
        assertThat(messages.inbox(stranger)).as("who was removed, seed %d", seed).isEmpty();
      }
    }
  }

  private static List<UUID> ids(List<Message> messages) {
    return messages.stream().map(Message::id).toList();
  }

  /** The process that sent the message had not known the new member, and could not tell the one who has gone. */
  @Test
  void sweep_usesTheMembersOfThen() {
    try (GroupMessages messages = new GroupMessages(stores, 70, HistoryPolicy.ALL, 1)) {
      UUID leaving = messages.members.keySet()
        .stream()
        .filter(user -> !user.equals(messages.owner))
        .findAny()
        .orElseThrow();
      messages.sendAndStop();
      messages.fixture.groups.remove(messages.group, by(messages.owner), leaving);
      messages.sweep();
      Set<UUID> only = Set.of(messages.sent.getFirst().id());
      assertThat(messages.members.keySet()).filteredOn(user -> !user.equals(leaving))
        .allSatisfy(user -> assertThat(messages.inbox(user)).isEqualTo(only));
      assertThat(stores.session()
        .execute("SELECT id FROM inbox WHERE user_id = ? AND month = ?", leaving,
            Inbox.month(Uuid7.millis(messages.sent.getFirst().id())))
        .all()).isEmpty();
    }
  }

  @Test
  void memberOfALargeGroup_isWokenByTheProcessThatSent() throws InterruptedException {
    try (GroupMessages messages = new GroupMessages(stores, 200, HistoryPolicy.ALL, 1)) {
      UUID member = messages.members.keySet()
        .stream()
        .filter(user -> !user.equals(messages.owner))
        .findAny()
        .orElseThrow();
      CountDownLatch rung = new CountDownLatch(1);
      try (RedisListener listener = stores.redis().listen("bell:" + member, rung::countDown)) {
        await().until(listener::hears);
        messages.send();
        await().until(() -> rung.getCount() == 0);
      }
      assertThat(messages.inbox(member)).containsExactly(messages.sent.getFirst().id());
    }
  }

  @Test
  void commitWithOutdatedMembers_reachesThoseOfNowByTheSweep() {
    try (GroupMessages messages = new GroupMessages(stores, 3, HistoryPolicy.ALL, 1)) {
      messages.sendOutdated();
      messages.sweep();
      assertThat(messages.members.keySet())
        .allSatisfy(user -> assertThat(messages.inbox(user)).containsExactly(messages.sent.getFirst().id()));
    }
  }

  /** In a process that has read the membership just before. */
  @Test
  void whoIsRemoved_canSendNothingAfterFiveSeconds() {
    try (GroupMessages messages = new GroupMessages(stores, 3, HistoryPolicy.ALL, 1)) {
      Memberships another = new Memberships(messages.fixture.cassandra);
      UUID leaving = messages.members.keySet()
        .stream()
        .filter(user -> !user.equals(messages.owner))
        .findAny()
        .orElseThrow();
      assertThat(another.audience(another.require(messages.group, leaving)).size()).isEqualTo(3);
      messages.fixture.groups.remove(messages.group, by(messages.owner), leaving);
      await().atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThatThrownBy(() -> another.require(messages.group, leaving))
          .isInstanceOf(NotFound.class));
    }
  }
}
