package dev.knatter.chat.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.reaction.Reactions;
import dev.knatter.shared.DomainError;
import dev.knatter.shared.DomainError.StaleClientId;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.testing.MovableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageLogTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  private final MovableClock clock = new MovableClock(NOW);
  private final Pod pod = new Pod(stores.cassandra(0), clock, System.nanoTime());
  private final Pod other = new Pod(stores.cassandra(1), clock, System.nanoTime());
  private final UUID ada = UUID.randomUUID();
  private final Draft draft = draft("hello");

  private Draft draft(String content) {
    return new Draft(Conversation.direct(ada, new UUID(1, 1)), ada, content, "text/plain", null, null);
  }

  @AfterEach
  void close() {
    stores.cassandraProxy().restore();
    pod.close();
    other.close();
  }

  private static UUID clientIdAged(Duration age) {
    return Uuid7.of(NOW.minus(age).toEpochMilli(), System.nanoTime(), System.nanoTime());
  }

  /** Somebody may have changed it since the first attempt, also within its first minute. */
  @Test
  void appendOfAKnownRepetition_givesTheMessageAsItIs() {
    UUID clientId = clientIdAged(Duration.ZERO);
    Message sent = pod.log.append(draft, clientId).message();
    Deletions deletions = new Deletions(pod.cassandra, pod.slices, new Reactions(pod.cassandra, clock));
    assertThat(deletions.deleteContent(sent.conversationId(), List.of(sent.id()), ada, NOW)).isTrue();
    assertThat(pod.log.append(draft, clientId, /* repeated= */ true).message())
      .isEqualTo(sent.deleted(NOW));
  }

  private long rows(String table, UUID conversation) {
    return stores.session()
      .execute("SELECT conversation_id FROM " + table)
      .all()
      .stream()
      .filter(row -> conversation.equals(row.getUuid("conversation_id")))
      .count();
  }

  @Test
  void append_givesTheMessageAsStored() {
    SendResult sent = pod.log.append(draft, clientIdAged(Duration.ZERO));

    assertThat(sent.replayed()).isFalse();
    assertThat(sent.message().content()).isEqualTo("hello");
    assertThat(sent.message().recipient()).isEqualTo(new UUID(1, 1));
    assertThat(sent.message().sentAt().toEpochMilli()).isEqualTo(NOW.toEpochMilli());
    assertThat(new Timeline(pod.cassandra, pod.slices).find(draft.conversation().id(), sent.message().id()))
      .contains(sent.message());
  }

  @Test
  void append_twentyTimesAtOnceOnTwoPods_isOneMessage() throws Exception {
    UUID clientId = clientIdAged(Duration.ZERO);
    List<Callable<SendResult>> attempts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Pod one = i % 2 == 0 ? pod : other;
      attempts.add(() -> one.log.append(draft, clientId));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<SendResult> attempt : threads.invokeAll(attempts)) {
        assertThat(attempt.get().message()).isEqualTo(pod.log.append(draft, clientId).message());
      }
    }
    assertThat(rows("timeline", draft.conversation().id())).isOne();
  }

  @Test
  void append_ofAnotherBodyUnderTheSameClientId_isAnotherMessage() {
    UUID clientId = clientIdAged(Duration.ZERO);
    Message first = pod.log.append(draft, clientId).message();
    Message second = pod.log.append(draft("something else"), clientId).message();

    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(pod.log.find(draft, clientId)).contains(first);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1_000, -1, 0, 59_999, 60_000})
  void append_underAFreshId_writes(long ageMillis) {
    assertThat(pod.log.append(draft, clientIdAged(Duration.ofMillis(ageMillis))).replayed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"5000, 0", "5001, 1", "60000, 1"})
  void append_underAnIdThatReadersMayHavePassed_leavesAMarkerForThem(long ageMillis, long markers) {
    pod.log.append(draft, clientIdAged(Duration.ofMillis(ageMillis)));
    assertThat(rows("timeline", draft.conversation().id())).isEqualTo(1 + markers);
  }

  /** The attempt that stored it may have ended before the message was in the inboxes. */
  @ParameterizedTest
  @ValueSource(longs = {60_001, 86_400_000})
  void append_againOfAMessageThatIsStored_entersItInTheInboxesBeforeItIsAcknowledged(long ageMillis) {
    UUID clientId = clientIdAged(Duration.ZERO);
    pod.log.append(draft, clientId);
    stores.session()
      .execute("DELETE FROM inbox WHERE user_id = ? AND month = ?", ada, Inbox.month(NOW.toEpochMilli()));
    clock.advance(Duration.ofMillis(ageMillis));
    Message message = other.log.append(draft, clientId).message();
    assertThat(stores.session()
      .execute("SELECT id FROM inbox WHERE user_id = ? AND month = ?", ada, Inbox.month(NOW.toEpochMilli()))
      .all()).extracting(row -> row.getUuid("id")).containsExactly(message.id());
  }

  @ParameterizedTest
  @CsvSource({"60001, 61", "119000, 2", "120000, 1", "-1001, 2", "-120000, 120"})
  void append_underAnIdThatMayStillLand_isUnavailable(long ageMillis, long retryAfter) {
    UUID clientId = clientIdAged(Duration.ofMillis(ageMillis));

    assertThatThrownBy(() -> pod.log.append(draft, clientId)).isInstanceOfSatisfying(Unavailable.class,
        error -> assertThat(Math.ceilDiv(error.retryAfter().toMillis(), 1_000)).isEqualTo(retryAfter));
    assertThat(rows("timeline", draft.conversation().id())).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {60_001, 120_000, 120_001, 86_400_000})
  void append_underAnOldIdThatIsStored_isAReplay(long ageMillis) {
    UUID clientId = clientIdAged(Duration.ZERO);
    Message stored = pod.log.append(draft, clientId).message();
    clock.advance(Duration.ofMillis(ageMillis));

    assertThat(other.log.append(draft, clientId)).isEqualTo(new SendResult(stored, true));
  }

  @ParameterizedTest
  @ValueSource(longs = {1_001, 120_000, 120_001, 123_000, 86_400_000})
  void append_underAnIdThatIsAhead_isRefusedUntilItsTimeHasCome(long aheadMillis) {
    UUID clientId = clientIdAged(Duration.ofMillis(-aheadMillis));
    assertThatThrownBy(() -> pod.log.append(draft, clientId))
      .isInstanceOf(aheadMillis > 120_000 ? StaleClientId.class : Unavailable.class)
      .hasMessageContaining("ahead of the server's time")
      .isInstanceOfSatisfying(DomainError.class,
          error -> assertThat(error.members()).containsEntry("serverTime", NOW));

    clock.advance(Duration.ofMillis(aheadMillis));
    Message sent = pod.log.append(draft, clientId).message();
    assertThat(other.log.find(draft, clientId)).contains(sent);
  }

  @ParameterizedTest
  @ValueSource(longs = {120_001, 86_400_000})
  void append_underAStaleId_isRefusedForEver(long ageMillis) {
    UUID clientId = clientIdAged(Duration.ofMillis(ageMillis));
    assertThatThrownBy(() -> pod.log.append(draft, clientId)).isInstanceOfSatisfying(StaleClientId.class,
        error -> assertThat(error.members()).containsEntry("serverTime", NOW));

    // An attempt that had been on its way all the time lands now, as if no time had passed.
    clock.set(NOW.minus(Duration.ofMillis(ageMillis)));
    other.log.append(draft, clientId);
    assertThat(other.log.find(draft, clientId)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void fateOfAnOldId_isDecidedOnce(boolean storedFirst) {
    UUID clientId = clientIdAged(Duration.ZERO);
    Message landed = pod.log.append(draft, clientId).message();
    OldIdDecisions fates = new OldIdDecisions(other.cassandra);
    assertThat(fates.decide(landed.conversationId(), landed.id(), storedFirst)).isEqualTo(storedFirst);
    assertThat(fates.decide(landed.conversationId(), landed.id(), !storedFirst)).isEqualTo(storedFirst);

    clock.advance(Duration.ofMinutes(3));
    if (storedFirst) {
      assertThat(pod.log.append(draft, clientId)).isEqualTo(new SendResult(landed, true));
    } else { // it landed after somebody had found nothing and before he made it void
      assertThatThrownBy(() -> pod.log.append(draft, clientId)).isInstanceOf(StaleClientId.class);
      assertThat(pod.log.find(draft, clientId)).isEmpty();
    }
  }

  @Test
  void append_acknowledgedLateAndNotVoid_isStored() throws Exception {
    assertThat(
        appendAcknowledgedFiftySecondsLate(clientIdAged(Duration.ofSeconds(59))).get().message().content())
      .isEqualTo("hello");
  }

  @Test
  void append_whoseIdWasMadeVoidMeanwhile_isStale() throws Exception {
    UUID clientId = clientIdAged(Duration.ofSeconds(59));
    new Timeline(other.cassandra, other.slices).voidId(draft.conversation().id(), draft.messageId(clientId));

    assertThatThrownBy(appendAcknowledgedFiftySecondsLate(clientId)::get)
      .hasCauseInstanceOf(StaleClientId.class);
  }

  private Future<SendResult> appendAcknowledgedFiftySecondsLate(UUID clientId) throws Exception {
    pod.log.append(draft("so that only the batch itself is left to wait for"), clientId);
    stores.cassandraProxy().stall();
    FutureTask<SendResult> attempt = new FutureTask<>(() -> pod.log.append(draft, clientId));
    Thread thread = Thread.ofPlatform().start(attempt);
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    clock.advance(Duration.ofSeconds(50));
    stores.cassandraProxy().restore();
    thread.join();
    return attempt;
  }

  @Test
  void append_whileCassandraIsAway_isUnavailableAndLosesNothing() {
    UUID clientId = clientIdAged(Duration.ZERO);
    stores.cassandraProxy().cut();
    assertThatThrownBy(() -> pod.log.append(draft, clientId)).isInstanceOf(Unavailable.class);

    stores.cassandraProxy().restore();
    await()
      .ignoreException(Unavailable.class)
      .untilAsserted(
          () -> assertThat(pod.log.append(draft, clientId).message().content()).isEqualTo("hello"));
    assertThat(rows("timeline", draft.conversation().id())).isOne();
  }
}
