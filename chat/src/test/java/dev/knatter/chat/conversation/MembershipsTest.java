package dev.knatter.chat.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import dev.knatter.chat.MigratedStores;
import dev.knatter.shared.DomainError.NotFound;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class MembershipsTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private final AtomicLong nanos = new AtomicLong(System.nanoTime());
  private final UUID group = UUID.randomUUID();
  private final UUID ada = UUID.randomUUID();
  private final UUID grace = UUID.randomUUID();
  private Memberships memberships;

  @BeforeEach
  void open() {
    memberships = new Memberships(stores.cassandra(), nanos::get);
    write(ada, "owner");
  }

  private void write(UUID user, String role) {
    stores.session()
      .execute("INSERT INTO conversation_members (conversation_id, version, retention, user_id, role)"
          + " VALUES (?, 1, 7, ?, ?)", group, user, role);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void membership_isRememberedForFiveSecondsAndNoLonger() {
    assertThat(memberships.require(group, ada).role()).isEqualTo(Role.OWNER);
    assertThat(memberships.members(group).users()).containsExactly(ada);
    write(ada, "none");

    pass(Memberships.FRESH.minusMillis(1));
    assertThat(memberships.find(group, ada)).isPresent();
    assertThat(memberships.members(group).users()).containsExactly(ada);
    assertThat(memberships.present(group, ada)).as("as the store has it").isEmpty();
    pass(Duration.ofMillis(2));
    assertThat(memberships.find(group, ada)).isEmpty();
    assertThat(memberships.members(group).users()).isEmpty();
  }

  @Test
  void noMember_isNeverRemembered() {
    assertThatThrownBy(() -> memberships.require(group, grace)).isInstanceOf(NotFound.class);
    write(grace, "member");
    assertThat(memberships.require(group, grace).retention()).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void deletedGroup_hasNoMembers() {
    stores.session()
      .execute("UPDATE conversation_members SET deleted_at = totimestamp(now()) WHERE conversation_id = ?",
          group);
    assertThat(memberships.find(group, ada)).isEmpty();
    assertThat(memberships.members(group).users()).isEmpty();
  }

  @Test
  void directConversation_hasItsTwoMembers() {
    Conversation two = Conversation.direct(ada, grace);
    assertThat(memberships.find(two.id(), ada)).as("without a message").isEmpty();
    stores.session()
      .execute("INSERT INTO conversations (conversation_id, kind, members, slice) VALUES (?, ?, ?, 0)",
          two.id(),
          two.kind(), two.members());
    assertThat(memberships.require(two.id(), ada)).satisfies(member -> {
      assertThat(member.floor()).isNull();
      assertThat(member.retention()).isNull();
    });
    assertThat(memberships.find(two.id(), UUID.randomUUID())).isEmpty();
    assertThat(memberships.members(two.id()).users()).containsExactlyElementsOf(two.members());
  }

  @Test
  void idOfAGroup_isNeverThatOfADirectConversation() {
    assertThat(Conversation.isGroup(Conversation.groupId(ada, "key"))).isTrue();
    assertThat(Conversation.groupId(ada, "key")).isEqualTo(Conversation.groupId(ada, "key"))
      .isNotEqualTo(Conversation.groupId(grace, "key"));
    assertThat(List.of(Conversation.direct(ada, grace), Conversation.direct(ada, ada)))
      .noneMatch(conversation -> Conversation.isGroup(conversation.id()));
  }

  /** The events of a group are read once, and those that come later are not missed. */
  @Test
  void pastRetentions_areTheShortestOfAllTimes() {
    UUID group = UUID.randomUUID();
    PastRetentions retentions = new PastRetentions(stores.cassandra());
    Duration age = Duration.ofDays(7);
    assertThat(retentions.mayHaveExpired(group, age)).isFalse();
    int version = 0;
    for (int days : List.of(0, 8, 0)) {
      appendRetention(group, ++version, days);
      assertThat(retentions.mayHaveExpired(group, age)).isFalse();
    }
    appendRetention(group, ++version, 7);
    appendRetention(group, ++version, 0);
    assertThat(retentions.mayHaveExpired(group, age)).isTrue();
    assertThat(retentions.mayHaveExpired(group, age.minusSeconds(1))).isFalse();
  }

  private static void appendRetention(UUID group, int version, int days) {
    stores.session()
      .execute("INSERT INTO conversation_events (conversation_id, version, retention) VALUES (?, ?, ?)",
          group,
          version, days);
  }
}
