package dev.knatter.chat.removal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.HistoryPolicy;
import dev.knatter.chat.group.Command;
import dev.knatter.chat.group.Groups;
import dev.knatter.chat.group.Groups.NewGroup;
import dev.knatter.chat.group.JoinCatchUp;
import dev.knatter.chat.group.PendingChanges;
import dev.knatter.chat.group.Versions;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageLog;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.testing.Contents;
import dev.knatter.testing.MovableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RemovalSweepTest {
  private static final Duration ENOUGH = Duration.ofMinutes(1);
  private static final String NAME = "Difference Engines";
  private static final String TEXT = "a secret of the engine";

  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private final MovableClock clock = new MovableClock(
      Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS));
  private final Cassandra cassandra = stores.cassandra();
  private final Random random = new Random();
  private final Uuid7 ids = new Uuid7(clock);
  private final UUID ada = ids.mint();
  private final UUID grace = ids.mint();
  private final PendingChanges changes = new PendingChanges(cassandra, ids, random);
  private final Slices slices = new Slices(cassandra, clock);
  private final Outbox outbox = new Outbox(cassandra, new Inbox(cassandra), ids, random);
  private final Groups groups = new Groups(cassandra, clock, changes, Publications.NONE,
      new JoinCatchUp(cassandra, slices, outbox, (_, _) -> {}));
  private final MessageLog messages = new MessageLog(cassandra, clock, random, slices, outbox);
  private final Command creation = new Command(ada, "key", Versions.ANY);
  private final NewGroup wanted = new NewGroup(NAME, List.of(grace), 0, HistoryPolicy.ALL);
  private final UUID group = groups.create(creation, wanted).state().id();
  private final Conversation conversation = new Conversation(group, Conversation.GROUP, List.of(ada, grace));
  private final RemovalSweep sweep = new RemovalSweep(cassandra, stores.redis(), clock);

  @Test
  void deletedGroup_losesItsMessagesAtOnce_andEverythingThatPeopleWroteInTheEnd() {
    for (int i = 0; i < 250; i++) {
      clock.advance(Duration.ofMillis(1));
      messages.append(new Draft(conversation, ada, TEXT + i, "text/plain", null, null), ids.mint());
    }
    assertThat(sweep.run(ENOUGH, true)).isZero();
    assertThat(timelineRows()).isEqualTo(250);

    groups.delete(group, new Command(ada, null, Versions.ANY));
    assertThat(sweep.run(ENOUGH, true)).isZero();
    assertThat(timelineRows()).isZero();
    clock.advance(Duration.ofMinutes(10));
    assertThat(sweep.run(ENOUGH, true)).isZero();
    clock.advance(Duration.ofHours(5));
    assertThat(sweep.run(ENOUGH, false)).as("the sweep of messages is behind").isZero();
    assertThat(sweep.run(ENOUGH, true)).isOne();
    assertThat(sweep.run(ENOUGH, true)).isZero();

    outbox.close();
    changes.close();
    assertThat(Contents.ofCassandra(stores.real()))
      .noneMatch(line -> line.contains(NAME) || line.contains(TEXT));
    assertThat(rows("conversations") + rows("deleting_conversations")).isZero();
    assertThat(stores.session()
      .execute("SELECT TTL(is_member) AS one, TTL(joined_at) AS two, TTL(muted) AS three"
          + " FROM conversations_by_user WHERE user_id IN (?, ?)", ada, grace)
      .all()).as("rows that go by themselves")
      .hasSize(2)
      .noneMatch(row -> row.isNull("one") || row.isNull("two") || row.isNull("three"));
    assertThatThrownBy(() -> groups.create(creation, wanted)).isInstanceOf(NotFound.class);
  }

  /** So many old messages that a read over all of their deletions makes the store warn, which fails this class. */
  @Test
  void deletedGroupWithManyMessages_isRemovedWithoutReadingOverItsOwnDeletions() {
    Message newest = messages.append(new Draft(conversation, ada, TEXT, "text/plain", null, null), ids.mint())
      .message();
    Row row = stores.session()
      .execute("SELECT slice FROM conversations WHERE conversation_id = ?", group)
      .one();
    PreparedStatement insert = stores.session()
      .prepare("INSERT INTO timeline (conversation_id, slice, id, sender, content, content_type)"
          + " VALUES (?, ?, ?, ?, 'x', 'text/plain')");
    BatchStatementBuilder rows = BatchStatement.builder(DefaultBatchType.UNLOGGED);
    for (int i = 0; i < 1_100; i++) {
      rows.addStatement(insert.bind(group, Objects.requireNonNull(row).getLong("slice"),
          Uuid7.of(Uuid7.millis(newest.id()), 0, i), ada));
    }
    stores.session().execute(rows.build());
    clock.advance(Duration.ofMinutes(4)); // longer than anything can be in progress
    groups.delete(group, new Command(ada, null, Versions.ANY));

    assertThat(sweep.run(ENOUGH, true)).isZero();
    clock.advance(Duration.ofMinutes(10));
    assertThat(sweep.run(ENOUGH, true)).isZero();
    clock.advance(Duration.ofHours(5));
    assertThat(sweep.run(ENOUGH, true)).isOne();
    assertThat(timelineRows()).isZero();
    outbox.close();
    changes.close();
  }

  private static int timelineRows() {
    return rows("timeline");
  }

  private static int rows(String table) {
    return stores.session().execute("SELECT * FROM " + table).all().size();
  }
}
