package dev.knatter.chat.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Audience;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.inbox.ChangeKind;
import dev.knatter.chat.message.TimelineChanges.Stored;
import dev.knatter.chat.reaction.Reactions;
import dev.knatter.shared.DomainError.Expired;
import dev.knatter.shared.DomainError.StaleClientId;
import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long the rows of messages live in a conversation that keeps them for two days. */
final class RetentionTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static final Duration RETENTION = Duration.ofDays(2);
  private static final int DAY = 86_400;
  /** In seconds. The store counts down while the test runs. */
  private static final int TEST_TIME = 120;

  private final UUID ada = UUID.randomUUID();
  private final Conversation conversation = Conversation.direct(ada, UUID.randomUUID());
  private Pod pod;
  private TimelineChanges changes;

  @BeforeEach
  void open() {
    pod = new Pod(stores.cassandra(), Clock.systemUTC(), System.nanoTime());
    changes = new TimelineChanges(pod.cassandra, pod.slices,
        new Deletions(pod.cassandra, pod.slices, new Reactions(pod.cassandra, Clock.systemUTC())));
  }

  @AfterEach
  void close() {
    pod.close();
  }

  private Draft draft(@Nullable Duration retention) {
    return new Draft(Audience.of(conversation), ada, "hello", "text/plain", null, null, retention);
  }

  private UUID id(Duration age) {
    return Uuid7.of(Clock.systemUTC().millis() - age.toMillis(), System.nanoTime(), System.nanoTime());
  }

  /** The remaining lives, in seconds; 0 for ever. */
  private List<Integer> lives(String column, String table, String where, Object... values) {
    return stores.session()
      .execute("SELECT TTL(" + column + ") AS ttl FROM " + table + " WHERE " + where + " ALLOW FILTERING",
          values)
      .all()
      .stream()
      .map((Row row) -> row.getInt("ttl"))
      .toList();
  }

  private List<Integer> ofTimeline(String column) {
    return lives(column, "timeline", "conversation_id = ?", conversation.id());
  }

  private List<Integer> ofInboxes() {
    return lives("id", "inbox", "conversation_id = ?", conversation.id());
  }

  /** Without the rows that do not have the column. */
  private static List<Integer> present(List<Integer> lives) {
    return lives.stream().filter(life -> life > 0).toList();
  }

  private static void isAbout(List<Integer> lives, long seconds) {
    assertThat(lives).isNotEmpty()
      .allSatisfy(life -> assertThat((long) life).isBetween(seconds - TEST_TIME, seconds));
  }

  @Test
  void message_livesAsLongAsTheRetentionSays_andReferencesADayLonger() {
    Message _ = pod.log.append(draft(RETENTION), id(Duration.ZERO)).message();
    isAbout(ofTimeline("content"), 2 * DAY);
    isAbout(ofInboxes(), 3 * DAY);
    isAbout(lives("members", "outbox", "conversation_id = ?", conversation.id()), 3 * DAY);
  }

  @Test
  void messageForEver_hasNoLife() {
    Message _ = pod.log.append(draft(null), id(Duration.ZERO)).message();
    assertThat(ofTimeline("content")).containsExactly(0);
    assertThat(ofInboxes()).containsExactly(0, 0);
  }

  /** A message of yesterday is sent again, after an answer that was lost. Its marker goes with it. */
  @Test
  void repetition_doesNotLengthenALife() {
    UUID clientId = id(Duration.ofDays(1));
    Message message = Pod.message(draft(RETENTION), clientId);
    pod.rows(message, Audience.of(conversation), RETENTION).forEach(row -> pod.cassandra.execute(row));
    assertThat(pod.log.append(draft(RETENTION), clientId).replayed()).isTrue();
    isAbout(present(ofTimeline("content")), DAY);
    isAbout(present(ofTimeline("refers_to")), DAY);
    isAbout(ofInboxes(), 2 * DAY);
  }

  @Test
  void editAndDeletion_keepTheLifeThatIsLeft() {
    UUID clientId = id(Duration.ofDays(1));
    Message message = Pod.message(draft(RETENTION), clientId);
    pod.rows(message, Audience.of(conversation), RETENTION).forEach(row -> pod.cassandra.execute(row));
    Stored stored = changes.find(conversation.id(), message.id()).orElseThrow();
    Message edited = message.edited("hello again", "text/plain", null, Clock.systemUTC().instant());
    assertThat(changes.apply(stored, edited)).isTrue();
    isAbout(present(ofTimeline("content")), DAY);
    isAbout(present(ofTimeline("edited_at")), DAY);

    new MessageReentry(pod.cassandra, pod.slices, pod.outbox).enterChanged(edited, Audience.of(conversation),
        ChangeKind.EDITED);
    isAbout(
        lives("kind", "inbox", "conversation_id = ?", conversation.id()).stream()
          .filter(life -> life > 0)
          .toList(),
        2 * DAY);
    Stored present = changes.find(conversation.id(), message.id()).orElseThrow();
    assertThat(changes.apply(present, edited.deleted(Clock.systemUTC().instant()))).isTrue();
    isAbout(present(ofTimeline("deleted_at")), DAY);
  }

  /** Under a new id, a message that has lived and gone would come back. */
  @Test
  void idThatIsOlderThanTheRetention_isExpired_andItsReservationIsNotRenewed() {
    assertThatThrownBy(() -> pod.log.append(draft(RETENTION), id(RETENTION))).isInstanceOf(Expired.class);
    UUID reserved = id(RETENTION.plusHours(1));
    assertThatThrownBy(() -> pod.keys.append(draft(RETENTION), "key", reserved)).isInstanceOf(Expired.class);
    assertThatThrownBy(() -> pod.keys.append(draft(RETENTION), "key", pod.ids.mint()))
      .isInstanceOf(Expired.class);
    assertThat(ofTimeline("content")).isEmpty();
    assertThat(pod.log.append(draft(null), pod.ids.mint()).replayed()).isFalse();
  }

  /** The retention was another when the message was sent, if it was. */
  @Test
  void idThatIsOlderThanAnEarlierRetention_isExpired_unlessItsMessageIsThere() {
    UUID group = UUID.randomUUID();
    for (int days : List.of(2, 0)) {
      stores.session()
        .execute("INSERT INTO conversation_events (conversation_id, version, retention) VALUES (?, ?, ?)",
            group,
            days == 0 ? 2 : 1, days);
    }
    Audience audience = Audience.of(new Conversation(group, Conversation.GROUP, List.of(ada)));
    Draft draft = new Draft(audience, ada, "hello", "text/plain", null, null);
    assertThatThrownBy(() -> pod.log.append(draft, id(RETENTION))).isInstanceOf(Expired.class);
    assertThatThrownBy(() -> pod.log.append(draft, id(Duration.ofDays(1)))).isInstanceOf(StaleClientId.class);
    UUID clientId = id(RETENTION.plusDays(1));
    pod.rows(Pod.message(draft, clientId), audience).forEach(row -> pod.cassandra.execute(row));
    assertThat(pod.log.append(draft, clientId).replayed()).isTrue();
  }

  /** Its life neither ends with the new retention nor begins anew. */
  @Test
  void repetitionAfterTheRetentionHasChanged_keepsTheLifeOfTheMessage() {
    UUID clientId = id(Duration.ofDays(3));
    pod.rows(Pod.message(draft(null), clientId), Audience.of(conversation))
      .forEach(row -> pod.cassandra.execute(row));
    assertThat(pod.log.append(draft(RETENTION), clientId).replayed()).isTrue();
    assertThat(ofTimeline("content")).containsOnly(0);
    assertThat(ofInboxes()).containsOnly(0);
  }
}
