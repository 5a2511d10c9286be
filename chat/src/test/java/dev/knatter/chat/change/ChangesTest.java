package dev.knatter.chat.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.TestGroup;
import dev.knatter.chat.inbox.Change;
import dev.knatter.chat.inbox.ChangeKind;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.live.LivePublications;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.page.PageCache;
import dev.knatter.chat.page.Pages;
import dev.knatter.chat.pending.Intent;
import dev.knatter.chat.publication.EventSink;
import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.testing.MovableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ChangesTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static final Duration ENOUGH = Duration.ofMinutes(1);

  private final Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
  private final MovableClock clock = new MovableClock(now);
  private final Uuid7 users = new Uuid7(clock);
  private final UUID ada = users.mint();
  private final UUID grace = users.mint();
  private final UUID moderator = users.mint();
  private final Conversation conversation = Conversation.direct(ada, grace);
  /** What happens between the transaction and the entry in the inboxes. */
  private Runnable afterTransaction = () -> {};
  private final List<List<UUID>> notified = new ArrayList<>();
  private Changer changer = changer();
  private final Pages pages = new Pages(stores.cassandra(), clock, new Slices(stores.cassandra(), clock),
      new PageCache(stores.redis()));

  private Changer changer() {
    return changer(Publications.NONE);
  }

  private Changer changer(Publications publications) {
    return new Changer(stores.openCassandra(), stores.redis(), clock, System.nanoTime(),
        (_, user) -> user.equals(moderator),
        publications, (_, waiting) -> {
          notified.add(waiting);
          if (waiting.isEmpty()) {
            afterTransaction.run();
          }
        });
  }

  @BeforeEach
  void beginNow() {
    stores.beginSweep("", now);
  }

  @AfterEach
  void close() {
    stores.cassandraProxy().restore();
    changer.close();
  }

  /** By another process, which has ended since. */
  private Message sent(String content) {
    try (Changer other = new Changer(stores.cassandra(), stores.redis(), clock)) {
      return other.send(conversation, ada, content);
    }
  }

  private List<String> kinds(UUID user) {
    List<String> kinds = new ArrayList<>();
    for (Row row : stores.session()
      .execute("SELECT kind FROM inbox WHERE user_id = ? AND month = ?", user,
          Inbox.month(now.toEpochMilli()))) {
      kinds.add(String.valueOf(row.getString("kind")));
    }
    return kinds;
  }

  private long outboxRows() {
    return stores.session()
      .execute("SELECT conversation_id FROM outbox")
      .all()
      .stream()
      .filter(row -> conversation.id().equals(row.getUuid("conversation_id")))
      .count();
  }

  @Test
  void edit_replacesTheText_andComesAgainInEachInbox() {
    Message sent = changer.send(conversation, ada, "helo");
    Follower follower = new Follower(pages, grace);
    clock.advance(Duration.ofMinutes(1));

    Message edited = changer.edit(ada, sent, "hello");
    assertThat(edited.version()).isEqualTo(2);
    assertThat(edited.editedAt()).isEqualTo(clock.instant());
    assertThat(changer.find(sent)).isEqualTo(edited);
    assertThat(follower.read()).isOne();
    assertThat(follower.messages()).containsEntry(sent.id(), edited);
    assertThat(kinds(grace)).containsExactlyInAnyOrder("null", "EDITED");
    assertThat(kinds(ada)).containsExactlyInAnyOrder("null", "EDITED");
    assertThat(notified).containsExactly(List.of(), conversation.members());
    assertThat(stores.session()
      .execute("SELECT refers_to FROM timeline WHERE conversation_id = ? ALLOW FILTERING", conversation.id())
      .all()).as("no marker").hasSize(1);

    changer.outbox.close();
    assertThat(outboxRows()).isZero();
  }

  @Test
  void edit_twice_isOne_andComesAgainForWhoWasNotTold() {
    Message sent = changer.send(conversation, ada, "helo");
    clock.advance(Duration.ofSeconds(1));
    Message edited = changer.edit(ada, sent, "hello");
    assertThat(changer.edit(ada, sent, "hello")).isEqualTo(edited);
    assertThat(changer.find(sent).version()).isEqualTo(2);
    assertThat(changer.edit(ada, changer.send(conversation, ada, "same"), "same").version()).isOne();
  }

  @Test
  void deletion_leavesAMarker_andNobodyBringsTheMessageBack() {
    changer.register(conversation);
    UUID clientId = changer.ids.mint();
    Draft draft = new Draft(conversation, ada, "a secret", "text/plain", changer.ids.mint(), "key-1");
    Message sent = changer.log.append(draft, clientId).message();
    Follower follower = new Follower(pages, grace);
    changer.edit(ada, sent, "another secret");

    Message deleted = changer.delete(ada, sent);
    assertThat(changer.delete(ada, sent)).isEqualTo(deleted);
    assertThat(deleted.version()).isEqualTo(3);
    assertThatThrownBy(() -> changer.edit(ada, sent, "back")).isInstanceOf(NotFound.class);
    changer.log.append(draft, clientId); // as a client does that has lost the answer
    Message found = changer.find(sent);
    assertThat(found).isEqualTo(deleted);
    assertThat(found.content()).isEmpty();
    assertThat(found.deletedAt()).isEqualTo(now);
    assertThat(found.editedAt()).isNull();
    assertThat(found.replyTo()).isNull();
    follower.read();
    assertThat(follower.messages()).containsEntry(sent.id(), deleted);
    assertThat(kinds(grace)).contains("EDITED", "DELETED");
  }

  /** Nobody would ever delete what is entered for them. */
  @Test
  void change_entersNothingForWhoIsErased() {
    Message sent = changer.send(conversation, ada, "helo");
    stores.session().execute("DELETE FROM users WHERE user_id = ?", grace);
    changer.edit(ada, sent, "hello");
    changer.react(ada, sent, "!");
    changer.delete(ada, sent);
    assertThat(kinds(ada)).containsExactlyInAnyOrder("null", "EDITED", "REACTED", "DELETED");
    assertThat(kinds(grace)).containsExactly("null");
    assertThat(notified).last().isEqualTo(List.of(ada));
  }

  @Test
  void changeByOthers_isRefused_andStrangersFindNothing() {
    Message sent = changer.send(conversation, ada, "hello");
    assertThatThrownBy(() -> changer.edit(grace, sent, "bye")).isInstanceOf(Forbidden.class);
    assertThatThrownBy(() -> changer.delete(grace, sent)).isInstanceOf(Forbidden.class);
    assertThatThrownBy(() -> changer.edit(moderator, sent, "bye")).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> changer.delete(moderator, sent)).isInstanceOf(NotFound.class);
    MessageName unknown = new MessageName(conversation.id(), changer.ids.mint());
    assertThatThrownBy(() -> changer.deleting.delete(ada, unknown)).isInstanceOf(NotFound.class);
    assertThat(changer.find(sent)).isEqualTo(sent);
  }

  /** An edit tells the other member something new. */
  @Test
  void whoIsBlocked_mayDeleteAndNotEdit() {
    Message sent = sent("hello");
    stores.session()
      .execute("INSERT INTO users (user_id, username, blocked, created_at)"
          + " VALUES (?, 'grace', ?, toTimestamp(now()))", grace, Set.of(ada));
    assertThatThrownBy(() -> changer.edit(ada, sent, "answer me")).isInstanceOf(Forbidden.class);
    assertThat(changer.find(sent)).isEqualTo(sent);
    assertThat(changer.delete(ada, sent).isDeleted()).isTrue();
  }

  /** The process tells the author of the edit only, and then it stops. */
  @Test
  void editInALargeGroup_reachesTheMembersOfThenByTheSweep() {
    List<UUID> members = new ArrayList<>(
        Stream.generate(users::mint).limit(Conversation.MAX_MEMBERS).toList());
    members.add(ada);
    TestGroup group = new TestGroup(stores.session(), members);
    Message sent = changer.send(new Conversation(group.id, Conversation.GROUP, List.of(ada)), ada, "helo");
    Message edited = changer.edit(ada, sent, "hello");
    assertThat(kinds(ada)).containsExactlyInAnyOrder("EDITED", "null");
    assertThat(kinds(members.getFirst())).isEmpty();
    group.remove(members.get(1));
    group.add(grace, null);
    clock.advance(Duration.ofMinutes(2));
    changer.sweep.run(ENOUGH);

    for (UUID member : List.of(ada, grace, members.getFirst(), members.get(Conversation.MAX_MEMBERS - 1))) {
      assertThat(kinds(member)).contains("EDITED");
    }
    assertThat(kinds(members.get(1))).isEmpty();
    assertThat(changer.find(sent)).isEqualTo(edited);
  }

  /** Who joins reads the messages as they are then, and misses what changes them afterwards unless it is in the inbox. */
  @Test
  void newMember_learnsOfAChange_byAProcessThatDoesNotKnowThem() {
    TestGroup group = new TestGroup(stores.session(), List.of(ada, moderator));
    Message sent = changer.send(new Conversation(group.id, Conversation.GROUP, List.of(ada)), ada, "helo");
    changer.edit(ada, sent, "hello"); // now the process remembers the members
    changer.react(moderator, sent, "!");
    group.add(grace, null);
    changer.react(moderator, sent, "?");
    changer.edit(ada, sent, "hello again");
    assertThat(kinds(grace)).containsExactlyInAnyOrder("EDITED", "REACTED");
  }

  @Test
  void memberOfAGroup_findsNoMessageBelowTheFloor() {
    TestGroup group = new TestGroup(stores.session(), List.of(ada));
    Message sent = changer.send(new Conversation(group.id, Conversation.GROUP, List.of(ada)), ada, "before");
    group.add(moderator, Uuid7.last(Uuid7.millis(sent.id())));
    assertThatThrownBy(() -> changer.delete(moderator, sent)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> changer.react(moderator, sent, "!")).isInstanceOf(NotFound.class);
    assertThat(changer.find(sent).isDeleted()).isFalse();
  }

  @Test
  void moderator_mayDeleteAndNotEdit() {
    Conversation theirs = Conversation.direct(ada, moderator);
    Message sent = changer.send(theirs, ada, "hello");
    assertThatThrownBy(() -> changer.edit(moderator, sent, "bye")).isInstanceOf(Forbidden.class);
    assertThat(changer.delete(moderator, sent).isDeleted()).isTrue();
  }

  /** Whoever is told and reads then finds the change; and a change whose entry failed has happened all the same. */
  @Test
  void change_isToldWhenItIsInTheInboxes_orWhenThatHasFailed() {
    Message sent = sent("helo");
    List<List<String>> told = new CopyOnWriteArrayList<>();
    try (LivePublications live = new LivePublications(_ -> {
      told.add(kinds(grace));
      return EventSink.Outcome.ACCEPTED;
    }, users)) {
      Changer telling = changer(live);
      telling.edit(ada, sent, "hello");
      await().until(() -> told.size() == 1);
      assertThat(told.getFirst()).containsExactlyInAnyOrder("EDITED", "null");

      afterTransaction = () -> stores.cassandraProxy().cut();
      assertThatThrownBy(() -> telling.edit(ada, sent, "hello again")).isInstanceOf(Unavailable.class);
      await().until(() -> told.size() == 2);
      telling.cassandra.close();
    }
  }

  /** The process dies between the transaction and the batch: the store is away from that moment on. */
  @Test
  void changeOfAProcessThatDied_isBroughtByTheSweep() {
    Message sent = sent("helo");
    Follower away = new Follower(pages, grace);
    AtomicBoolean cut = new AtomicBoolean();
    afterTransaction = () -> {
      if (cut.compareAndSet(false, true)) {
        stores.cassandraProxy().cut();
      }
    };
    assertThatThrownBy(() -> changer.edit(ada, sent, "hello")).isInstanceOf(Unavailable.class);
    changer.cassandra.close();
    stores.cassandraProxy().restore();
    afterTransaction = () -> {};
    changer = changer();
    await().ignoreException(Unavailable.class).untilAsserted(() -> assertThat(away.read()).isZero());
    assertThat(kinds(grace)).containsExactly("null");

    clock.set(now.plusSeconds(75));
    await().ignoreException(Unavailable.class)
      .until(() -> changer.sweep.run(ENOUGH).complete());
    assertThat(away.read()).isOne();
    assertThat(away.messages().get(sent.id())).isEqualTo(changer.find(sent));
    assertThat(changer.find(sent).content()).isEqualTo("hello");
    assertThat(kinds(grace)).containsExactly("EDITED", "null");
  }

  @Test
  void intentWithoutItsChange_waitsForIt() {
    Message sent = sent("helo");
    try (Intent intent = changer.outbox.announce(conversation.id(), conversation.members(), sent.id(),
        new Change(ChangeKind.EDITED, 2), 0, List.of())) {
      assertThat(intent).isNotNull(); // its process is suspended here
    }
    changer.close();
    changer.cassandra.close();
    changer = changer();
    clock.set(now.plusSeconds(75));
    assertThat(changer.sweep.run(ENOUGH).finished()).isZero();
    assertThat(outboxRows()).isOne();

    changer.edit(ada, sent, "hello"); // by whoever it was
    clock.set(now.plus(Duration.ofMinutes(12)));
    assertThat(changer.sweep.run(ENOUGH).complete()).isTrue();
    assertThat(kinds(grace)).contains("EDITED");
    clock.set(now.plus(Duration.ofHours(5)));
    assertThat(changer.sweep.run(ENOUGH).complete()).isTrue();
    changer.close();
    assertThat(outboxRows()).isZero();
  }

  @Test
  void change_keepsTheRemainingTimeOfTheMessage() {
    Message sent = changer.send(conversation, ada, "hello");
    UUID id = changer.ids.mint();
    long slice = changer.slices.at(conversation.id(), Uuid7.millis(id));
    stores.session()
      .execute("INSERT INTO timeline (conversation_id, slice, id, sender, recipient, content, content_type)"
          + " VALUES (?, ?, ?, ?, ?, 'helo', 'text/plain') USING TTL 1000", conversation.id(), slice, id, ada,
          grace);
    MessageName name = new MessageName(conversation.id(), id);
    Message edited = changer.editing.edit(ada, new EditCommand(name, "hello", null, "key-1"), false);
    changer.react(grace, edited, "x");
    assertTimeToLive(id, slice, "content", "content_type", "key_id", "edited_at", "version", "reacted");
    assertThat(stores.session()
      .execute("SELECT TTL(present) FROM reactions WHERE conversation_id = ? AND message_id = ?",
          conversation.id(), id)
      .one()
      .getInt(0)).isBetween(1, 1000);
    changer.edit(ada, edited, "hello again");
    changer.delete(ada, edited);
    assertTimeToLive(id, slice, "content", "content_type", "deleted_at", "version");
    assertThat(changer.find(sent)).isEqualTo(sent);
  }

  private void assertTimeToLive(UUID id, long slice, String... columns) {
    for (String column : columns) {
      Row row = stores.session()
        .execute(
            "SELECT TTL(" + column + ") FROM timeline WHERE conversation_id = ? AND slice = ? AND id = ?",
            conversation.id(), slice, id)
        .one();
      assertThat(row.getInt(0)).as(column).isBetween(1, 1000);
    }
  }
}
