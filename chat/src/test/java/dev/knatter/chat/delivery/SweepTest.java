package dev.knatter.chat.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Conversations;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.WriteAttempt;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.Pod;
import dev.knatter.chat.pending.PendingSweep.Outcome;
import dev.knatter.chat.pending.PendingTable;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.Script;
import dev.knatter.testing.MovableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SweepTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static final Duration ENOUGH = Duration.ofMinutes(1);
  private final Instant now = Clock.systemUTC().instant();
  private final MovableClock clock = new MovableClock(now);
  private final UUID ada = UUID.randomUUID();
  private final Conversation conversation = Conversation.direct(ada, new UUID(1, 1));
  private final Draft draft = new Draft(conversation, ada, "hello", "text/plain", null, null);
  private final List<AutoCloseable> clients = new ArrayList<>();
  private Pod pod = pod();

  /** Each with another lane: one that a test has deleted hides what the next writes there in the same ten seconds. */
  private Pod pod() {
    return new Pod(stores.openCassandra(), clock, System.nanoTime());
  }

  @BeforeEach
  void beginNow() {
    stores.beginSweep("", now);
  }

  @AfterEach
  void close() throws Exception {
    stores.redisProxy().restore();
    for (AutoCloseable client : clients.reversed()) {
      client.close();
    }
    pod.close();
  }

  private UUID clientId() {
    return Uuid7.of(now.toEpochMilli(), System.nanoTime(), System.nanoTime());
  }

  private List<UUID> inbox() {
    return stores.session()
      .execute("SELECT position, id FROM inbox WHERE user_id = ? AND month = ?", ada,
          Inbox.month(now.toEpochMilli()))
      .all()
      .stream()
      .map(row -> row.getUuid("id"))
      .toList();
  }

  private List<Row> outboxRows() {
    return stores.session()
      .execute("SELECT conversation_id FROM outbox")
      .all()
      .stream()
      .filter(row -> conversation.id().equals(row.getUuid("conversation_id")))
      .toList();
  }

  private List<UUID> markers() {
    return stores.session()
      .execute("SELECT conversation_id, refers_to FROM timeline")
      .all()
      .stream()
      .filter(row -> conversation.id().equals(row.getUuid("conversation_id")))
      .map(row -> row.getUuid("refers_to"))
      .filter(Objects::nonNull)
      .toList();
  }

  private int sweepAfter(Duration passed) {
    clock.set(now.plus(passed));
    Outcome outcome = pod.sweep.run(ENOUGH);
    assertThat(outcome.complete()).isTrue();
    return outcome.finished();
  }

  /** Leaves what a process leaves that is killed between the store's acknowledgement and its own next step. */
  private Message killedAfterTheBatch() {
    Message message = pod.log.append(draft, clientId()).message();
    pod.cassandra.close();
    pod = pod();
    return message;
  }

  @Test
  void settledMessage_isNotEnteredAgain() {
    pod.log.append(draft, clientId());
    pod.outbox.close();
    assertThat(outboxRows()).isEmpty();

    pod = pod();
    assertThat(sweepAfter(Duration.ofMinutes(2))).isZero();
    assertThat(inbox()).hasSize(1);
  }

  @Test
  void messageOfAKilledWriter_isEnteredAgainOnce() {
    Message message = killedAfterTheBatch();

    assertThat(sweepAfter(Duration.ofSeconds(75))).isOne();
    assertThat(inbox()).containsExactly(message.id(), message.id());
    assertThat(markers()).containsExactly(message.id());
    pod.outbox.close();
    assertThat(outboxRows()).isEmpty();

    pod = pod();
    assertThat(sweepAfter(Duration.ofHours(5))).isZero();
    assertThat(inbox()).hasSize(2);
  }

  /** The rows of a batch need not arrive together. */
  @Test
  void messageWhoseConversationIsOnItsWay_isFoundByItsMembers() {
    Message message = killedAfterTheBatch();
    stores.session().execute("DELETE FROM conversations WHERE conversation_id = ?", conversation.id());

    sweepAfter(Duration.ofSeconds(75));
    assertThat(new Conversations(pod.cassandra).present(message.conversationId()))
      .contains(conversation);
  }

  @Test
  void rowWithoutItsMessage_waitsForItUntilTheLastPass() {
    UUID id = clientId(); // no message has it
    try (WriteAttempt attempt = pod.outbox.open()) {
      pod.outbox.rows(attempt, conversation.id(), conversation.members(), id, 0)
        .forEach(row -> pod.cassandra.execute(row));
    }
    pod.cassandra.close();
    pod = pod();

    assertThat(sweepAfter(Duration.ofHours(2))).isZero();
    assertThat(outboxRows()).hasSize(1);
    assertThat(sweepAfter(Duration.ofHours(5))).isZero();
    assertThat(outboxRows()).isEmpty();
    assertThat(stores.session()
      .execute("SELECT lane FROM outbox_lanes WHERE bucket = ?",
          PendingTable.bucket(now.toEpochMilli()))
      .all()).isEmpty();
  }

  @Test
  void sweepWithoutCassandra_isUnavailableAndForgetsNothing() {
    Message message = killedAfterTheBatch();
    pod.cassandra
      .execute(SimpleStatement.newInstance("SELECT pass FROM sweeps"));
    stores.cassandraProxy().cut();
    assertThatThrownBy(() -> sweepAfter(Duration.ofMinutes(1))).isInstanceOf(Unavailable.class);

    stores.cassandraProxy().restore();
    await()
      .ignoreException(Unavailable.class)
      .until(() -> sweepAfter(Duration.ofMinutes(2)) >= 0);
    assertThat(inbox()).containsExactly(message.id(), message.id());
  }

  /** The sweeps beside requests of one process, which has a Redis client of its own; it counts in begun. */
  private BackgroundSweep background(AtomicInteger begun, Duration lease) {
    return background(begun, lease, stores.openRedis());
  }

  private BackgroundSweep background(AtomicInteger begun, Duration lease, Redis redis) {
    BackgroundSweep sweep = new BackgroundSweep(() -> {
      begun.incrementAndGet();
      Sweep work = pod.sweep;
      return work::run;
    }, redis, new Random(1),
        new BackgroundSweep.Timing(Duration.ZERO, Duration.ofMillis(10), Duration.ofMillis(1), lease,
            ENOUGH));
    clients.add(sweep);
    return sweep;
  }

  private static Redis answeringRedis() {
    Redis redis = stores.openRedis();
    await().until(() -> redis.eval(new Script("return {1}"), List.of("any")).isPresent());
    return redis;
  }

  private List<UUID> inboxWhileStoring(BackgroundSweep sweep) {
    sweep.stored();
    return inbox();
  }

  @Test
  void processThatStoresAMessage_entersWhatAKilledOneLeft() {
    Message message = killedAfterTheBatch();
    clock.set(now.plusSeconds(75));
    BackgroundSweep sweep = background(new AtomicInteger(), Duration.ofMillis(1));
    await().untilAsserted(
        () -> assertThat(inboxWhileStoring(sweep)).hasSizeGreaterThan(1).containsOnly(message.id()));
  }

  @Test
  void processThatStoresAMessage_sweepsWithoutRedisToo() {
    Message message = killedAfterTheBatch();
    clock.set(now.plusSeconds(75));
    stores.redisProxy().cut();
    BackgroundSweep sweep = background(new AtomicInteger(), Duration.ofHours(1));
    await().untilAsserted(
        () -> assertThat(inboxWhileStoring(sweep)).hasSizeGreaterThan(1).containsOnly(message.id()));
  }

  @Test
  void secondProcess_sweepsWhenTheLeaseOfTheFirstIsOver() {
    Duration lease = Duration.ofSeconds(1);
    AtomicInteger first = new AtomicInteger();
    AtomicInteger second = new AtomicInteger();
    BackgroundSweep other = background(second, lease, answeringRedis());
    BackgroundSweep one = background(first, lease, answeringRedis());
    long before = System.nanoTime();
    one.stored();
    await().untilAtomic(first, equalTo(1));
    await().until(() -> {
      other.stored();
      return second.get() > 0;
    });
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(lease);
  }

  @Test
  void backgroundSweepThatFails_neitherFailsItsCallerNorIsTheLast() {
    Message message = killedAfterTheBatch();
    clock.set(now.plusSeconds(75));
    stores.cassandraProxy().cut();
    AtomicInteger begun = new AtomicInteger();
    BackgroundSweep sweep = background(begun, Duration.ofMillis(1));
    sweep.stored();
    await().untilAtomic(begun, equalTo(1));

    stores.cassandraProxy().restore();
    await().untilAsserted(
        () -> assertThat(inboxWhileStoring(sweep)).hasSizeGreaterThan(1).containsOnly(message.id()));
  }

  @Test
  void processThatStops_sweepsNoMore() {
    AtomicInteger begun = new AtomicInteger();
    BackgroundSweep sweep = background(begun, Duration.ofMillis(1));
    sweep.close();
    sweep.stored();
    sweep.close();
    assertThat(begun).hasValue(0);
  }
}
