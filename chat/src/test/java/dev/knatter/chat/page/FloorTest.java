package dev.knatter.chat.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.conversation.TestGroup;
import dev.knatter.chat.delivery.Doorbell;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.Pod;
import dev.knatter.shared.Uuid7;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What of a group's past its members see. */
final class FloorTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private final Reading reading = new Reading(stores, System.nanoTime());
  private final UUID ada = reading.user();
  private final UUID grace = reading.user();
  private final TestGroup group = new TestGroup(stores.session(), List.of(ada));
  private final List<UUID> before = new ArrayList<>();
  private final List<UUID> after = new ArrayList<>();
  private Pod writer;

  /** Five messages, Grace joins, and five more; all of them are in her inbox, as only a fault could bring it about. */
  @BeforeEach
  void write() {
    writer = new Pod(reading.cassandra, reading.clock, System.nanoTime());
    for (int i = 0; i < 5; i++) {
      before.add(say());
    }
    group.add(grace, Uuid7.floor(reading.clock.millis()));
    for (int i = 0; i < 5; i++) {
      after.add(say());
    }
  }

  @AfterEach
  void close() {
    writer.close();
  }

  private UUID say() {
    Draft draft = new Draft(group.known(List.of(ada, grace)), ada, "hello", "text/plain", null, null);
    UUID id = writer.log.append(draft, reading.id(reading.clock.millis())).message().id();
    reading.clock.advance(Duration.ofMinutes(3));
    return id;
  }

  private Scope scope(UUID user) {
    return Scope.of(new Memberships(reading.cassandra).require(group.id, user));
  }

  private static List<UUID> ids(Page page) {
    return page.messages().stream().map(Message::id).toList();
  }

  private List<UUID> walk(Scope scope) {
    Page page = reading.pages.newest(scope, 2);
    List<UUID> found = new ArrayList<>(ids(page));
    while (page.next() != null) {
      page = reading.pages.before(scope, Objects.requireNonNull(page.next()), 2);
      found.addAll(ids(page));
    }
    return found.reversed();
  }

  @Test
  void walksInTheGroup_endAtTheFloor() {
    List<UUID> all = new ArrayList<>(before);
    all.addAll(after);
    assertThat(walk(scope(ada))).isEqualTo(all);
    assertThat(walk(scope(grace))).isEqualTo(after);
    assertThat(ids(reading.pages.after(scope(ada), CursorPosition.BEGINNING, 100))).isEqualTo(all);
    assertThat(ids(reading.pages.after(scope(grace), CursorPosition.BEGINNING, 100))).isEqualTo(after);
    assertThat(reading.pages.newest(scope(grace), 5).next()).as("nothing follows")
      .satisfiesAnyOf(
          next -> assertThat(next).isNull(),
          next -> assertThat(ids(reading.pages.before(scope(grace), Objects.requireNonNull(next), 5)))
            .isEmpty());
  }

  @Test
  void inbox_hasNothingBelowTheFloor_andNothingAfterLeaving() {
    assertThat(walk(Scope.inbox(grace))).isEqualTo(after);
    assertThat(ids(reading.pages.after(Scope.inbox(grace), CursorPosition.BEGINNING, 100))).isEqualTo(after);
    group.remove(grace);
    Pages another = new Pages(reading.cassandra, reading.clock, writer.slices, new PageCache(reading.redis));
    assertThat(ids(another.after(Scope.inbox(grace), CursorPosition.BEGINNING, 100))).isEmpty();
    assertThat(ids(another.newest(Scope.inbox(grace), 100))).isEmpty();
  }

  /** So many rows have gone that a read over all of them makes the store warn, which fails this class. */
  @Test
  void walksInTheGroup_doNotReadWhereEverythingHasExpired() {
    long old = reading.clock.millis() - Duration.ofDays(3).toMillis();
    PreparedStatement delete = reading.session
      .prepare("DELETE FROM timeline WHERE conversation_id = ? AND slice = ? AND id = ?");
    BatchStatementBuilder rows = BatchStatement.builder(DefaultBatchType.UNLOGGED);
    for (int i = 0; i < 1_100; i++) {
      rows.addStatement(delete.bind(group.id, writer.slices.at(group.id, old), Uuid7.of(old, 0, i)));
    }
    reading.session.execute(rows.build());
    reading.session.execute("UPDATE conversation_members SET longest_retention = 1 WHERE conversation_id = ?",
        group.id);
    List<UUID> all = new ArrayList<>(before);
    all.addAll(after);
    assertThat(walk(scope(ada))).isEqualTo(all);
    assertThat(ids(reading.pages.after(scope(ada), CursorPosition.BEGINNING, 100))).isEqualTo(all);

    reading.clock.advance(Duration.ofDays(1));
    TimelineRows timeline = new TimelineRows(reading.cassandra, writer.slices);
    Instant now = reading.clock.instant();
    assertThat(timeline.newest(group.id, scope(ada).longest().oldest(now), now)).isEmpty();
    assertThat(walk(scope(ada))).isEmpty();
  }

  /** As when the user has left a busy group: it is the same to a reader whether a message is hidden or missing. */
  @Test
  void inboxWithAVeryLongRangeOfNothing_hasTheMessageBelow() {
    UUID linus = reading.user();
    Conversation direct = Conversation.direct(ada, linus);
    UUID sent = writer.log
      .append(new Draft(direct, ada, "hello", "text/plain", null, null), reading.id(reading.clock.millis()))
      .message()
      .id();
    PreparedStatement insert = reading.session
      .prepare("INSERT INTO inbox (user_id, month, position, conversation_id, id) VALUES (?, ?, ?, ?, ?)");
    BatchStatementBuilder rows = BatchStatement.builder(DefaultBatchType.UNLOGGED);
    for (int i = 0; i < 5_000; i++) {
      reading.clock.advance(Duration.ofMillis(10));
      long now = reading.clock.millis();
      rows.addStatement(insert.bind(linus, Inbox.month(now), reading.id(now), group.id, reading.id(now)));
    }
    reading.session.execute(rows.build());

    Page newest = reading.pages.newest(Scope.inbox(linus), 2);
    assertThat(ids(newest)).containsExactly(sent);
    assertThat(reading.pages.after(Scope.inbox(linus), Objects.requireNonNull(newest.previous()), 2).more())
      .as("a walk from here need not pass over the range again")
      .isFalse();
    Page after = reading.pages.after(Scope.inbox(linus), CursorPosition.BEGINNING, 2);
    assertThat(ids(after)).containsExactly(sent);
    assertThat(ids(reading.pages.after(Scope.inbox(linus), Objects.requireNonNull(after.next()), 2)))
      .isEmpty();
  }

  /** Grace is removed and comes back while she waits, and does not see what was said in between. */
  @Test
  void waitingReader_hasTheFloorOfTheMoment() {
    Page read = reading.pages.after(scope(grace), CursorPosition.BEGINNING, 100);
    Supplier<Scope> again = () -> {
      group.remove(grace);
      UUID _ = say();
      group.add(grace, Uuid7.floor(reading.clock.millis()));
      return scope(grace);
    };
    Doorbell doorbell = new Doorbell(reading.redis);
    Page page = new LongPoll(reading.pages, doorbell).after(grace, scope(grace),
        Objects.requireNonNull(read.next()), 100, Duration.ofMillis(100), again, Runnable::run);
    assertThat(ids(page)).isEmpty();
    doorbell.close();
  }

  @Test
  void export_hasWhatSomebodyWroteWhoHasLeft() {
    group.remove(ada);
    Pages export = Pages.forExport(reading.cassandra, reading.clock, writer.slices,
        new PageCache(reading.redis));
    assertThat(ids(export.after(Scope.inbox(ada), CursorPosition.BEGINNING, 100))).hasSize(10);
    group.remove(grace);
    assertThat(ids(export.after(Scope.inbox(grace), CursorPosition.BEGINNING, 100))).isEmpty();
  }
}
