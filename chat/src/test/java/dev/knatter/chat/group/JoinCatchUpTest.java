package dev.knatter.chat.group;

import static dev.knatter.chat.group.GroupFixture.by;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.HistoryPolicy;
import dev.knatter.chat.conversation.Role;
import dev.knatter.chat.group.GroupEvent.Change;
import dev.knatter.chat.group.GroupEvent.CommandId;
import dev.knatter.chat.group.Groups.NewGroup;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.MessageLog;
import dev.knatter.shared.Uuid7;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whether new members get what senders sent who did not know of them yet. */
final class JoinCatchUpTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private GroupFixture fixture;
  private Uuid7 ids;
  private MessageLog messages;

  @BeforeEach
  void open() {
    fixture = new GroupFixture(stores);
    ids = new Uuid7(fixture.clock);
    messages = new MessageLog(fixture.cassandra, fixture.clock, new Random(), fixture.slices, fixture.outbox);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** A message of a sender who believes that only Ada and Grace are members. */
  private UUID say(UUID group) {
    Conversation known = new Conversation(group, Conversation.GROUP, List.of(fixture.ada, fixture.grace));
    return messages.append(new Draft(known, fixture.ada, "hello", "text/plain", null, null), ids.mint())
      .message()
      .id();
  }

  private List<UUID> inbox(UUID user) {
    return stores.session()
      .execute("SELECT user_id, id FROM inbox")
      .all()
      .stream()
      .filter(row -> user.equals(row.getUuid("user_id")))
      .map(row -> row.getUuid("id"))
      .distinct()
      .toList();
  }

  @Test
  void newMember_getsWhatIsAboveTheFloor_fromTheProcessThatAdded() {
    UUID group = fixture.create();
    say(group);
    fixture.clock.advance(Duration.ofSeconds(1));
    fixture.groups.add(group, by(fixture.ada), List.of(fixture.stranger), Role.MEMBER);
    UUID missed = say(group);

    await().atMost(Duration.ofMinutes(1)).until(() -> fixture.told.contains(fixture.stranger));
    await().untilAsserted(() -> assertThat(inbox(fixture.stranger)).containsExactly(missed));
  }

  @Test
  void newMember_getsItFromTheSweep_ifTheProcessIsGone() {
    NewGroup wanted = new NewGroup("Engines", List.of(fixture.grace), 0, HistoryPolicy.ALL);
    UUID group = fixture.groups.create(by(fixture.ada), wanted).state().id();
    UUID old = say(group);
    fixture.clock.advance(Duration.ofMinutes(10));
    UUID before = say(group);
    fixture.clock.advance(Duration.ofSeconds(1));
    fixture.groups.add(group, by(fixture.ada), List.of(fixture.stranger), Role.MEMBER);
    UUID missed = say(group);
    fixture.catchUp.close(); // the process ends
    fixture.clock.advance(Duration.ofMinutes(2));
    UUID later = say(group);

    GroupFixture another = new GroupFixture(stores);
    new GroupSweep(fixture.cassandra, fixture.clock, another.changes, another.catchUp)
      .run(GroupFixture.ENOUGH);
    assertThat(inbox(fixture.stranger)).as("and what may have landed at that moment")
      .containsExactlyInAnyOrder(before, missed)
      .doesNotContain(old, later);
    another.close();
  }

  /** The process that added somebody stops before anybody can know of it. */
  @Test
  void newMember_getsAllThatWasSentUntilOthersCouldKnow() {
    fixture.clock.advance(Duration.ofMinutes(-15)); // the tables have the time of the store
    fixture.beginSweepsNow(stores);
    UUID group = fixture.create();
    fixture.clock.advance(Duration.ofMinutes(1));
    fixture.changes.announce(group, List.of(fixture.stranger)).close();
    GroupEvent event = new GroupEvent(2, fixture.clock.instant(), fixture.ada,
        new CommandId(ByteBuffer.wrap(new byte[]{1}), ByteBuffer.wrap(new byte[]{2})),
        Change.added(List.of(fixture.stranger), Role.MEMBER));
    assertThat(fixture.log.events().append(group, event)).isTrue();
    fixture.clock.advance(Duration.ofMinutes(5));
    UUID missed = say(group);
    fixture.clock.advance(Duration.ofMinutes(5));

    JoinCatchUp catchUp = new JoinCatchUp(fixture.cassandra, fixture.slices, fixture.outbox, (_, _) -> {});
    GroupSweep sweep = new GroupSweep(fixture.cassandra, fixture.clock, fixture.changes, catchUp);
    sweep.run(GroupFixture.ENOUGH);
    assertThat(inbox(fixture.stranger)).containsExactly(missed);

    // By a sender with a list from before the repair.
    UUID last = say(group);
    fixture.clock.advance(Duration.ofMinutes(1));
    sweep.run(GroupFixture.ENOUGH);
    assertThat(inbox(fixture.stranger)).containsExactlyInAnyOrder(missed, last);
  }
}
