package dev.knatter.bench.load;

import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import dev.knatter.bench.generator.RoundRobin;
import dev.knatter.bench.generator.Worker;
import dev.knatter.bench.setup.Person;
import dev.knatter.bench.setup.RawStatements;
import dev.knatter.bench.setup.TestUsers;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.pending.PendingTable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;

/** Writes the batch of a message. */
final class RawSend implements Worker {
  /** A time to live of 0 is none. */
  private static final int FOR_EVER = 0;

  private final Cassandra cassandra;
  private final RawStatements statements;
  private final RoundRobin<TestUsers.Pair> turns;
  private final Uuid7 ids;
  private final int lane;

  RawSend(Cassandra cassandra, RawStatements statements, RoundRobin<TestUsers.Pair> turns, Uuid7 ids,
      int lane) {
    this.cassandra = cassandra;
    this.statements = statements;
    this.turns = turns;
    this.ids = ids;
    this.lane = lane;
  }

  @Override
  public void once() {
    TestUsers.Pair pair = turns.next();
    UUID id = ids.mint();
    UUID position = ids.mint();
    BatchStatement batch = BatchStatement.newInstance(DefaultBatchType.LOGGED,
        inbox(pair.one(), pair, position, id), activity(pair.one(), pair, id),
        inbox(pair.other(), pair, position, id), activity(pair.other(), pair, id),
        outbox(pair.conversation(), position, id), message(pair, id));
    cassandra.submit(batch.setIdempotent(true)).toCompletableFuture().join();
  }

  private BatchableStatement<?> inbox(Person owner, TestUsers.Pair pair, UUID position, UUID id) {
    return statements.insertInbox()
      .bind(owner.id(), Inbox.month(Uuid7.millis(position)), position, pair.conversation().id(), id,
          FOR_EVER);
  }

  private BatchableStatement<?> activity(Person owner, TestUsers.Pair pair, UUID id) {
    return statements.updateActivity()
      .bind(Uuid7.millis(id) * 1_000, id, owner.id(), pair.conversation().id());
  }

  private BatchableStatement<?> outbox(Conversation conversation, UUID position, UUID id) {
    long millis = Uuid7.millis(position);
    return statements.insertOutbox()
      .bind(PendingTable.bucket(millis), lane, position, conversation.id(), id, conversation.members(),
          millis * 1_000, FOR_EVER);
  }

  private BatchableStatement<?> message(TestUsers.Pair pair, UUID id) {
    long millis = Uuid7.millis(id);
    return statements.insertMessage()
      .bindPresent(pair.conversation().id(), RawStatements.slice(millis), id, pair.one().id(),
          pair.other().id(), TestUsers.CONTENT, TestUsers.CONTENT_TYPE, null, null,
          RawStatements.timestamp(millis), FOR_EVER);
  }
}
