package dev.knatter.bench.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.knatter.bench.sending.SendStatements;
import dev.knatter.bench.setup.RawStatements;
import dev.knatter.bench.setup.TestUsers;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/** Writes the timelines of conversations by statements, as sends over years would leave them. Inboxes stay empty. */
final class HistorySeed {
  private static final int AT_ONCE = 128;
  private static final int ROWS_OF_A_BATCH = 50;
  private static final int FOR_EVER = 0;

  private final Cassandra cassandra;
  private final RawStatements statements;
  private final Cql insertConversation;
  private final Deque<CompletableFuture<?>> underWay = new ArrayDeque<>();

  HistorySeed(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.statements = RawStatements.of(cassandra);
    this.insertConversation = cassandra.cql(SendStatements.INSERT_CONVERSATION);
  }

  void write(StoredHistory history) {
    history.conversations().forEach(this::write);
    underWay.forEach(CompletableFuture::join);
    underWay.clear();
  }

  private void write(StoredConversation conversation) {
    List<BatchableStatement<?>> rows = new ArrayList<>();
    long slice = Long.MAX_VALUE;
    for (int i = 0; i < conversation.count(); i++) {
      long sliceOfRow = RawStatements.slice(conversation.millis(i));
      if (sliceOfRow != slice || rows.size() == ROWS_OF_A_BATCH) {
        submit(rows);
        rows = new ArrayList<>();
      }
      if (sliceOfRow != slice) {
        slice = sliceOfRow;
        insertSlice(conversation, slice);
      }
      rows.add(message(conversation, slice, i));
    }
    submit(rows);
  }

  private void insertSlice(StoredConversation conversation, long slice) {
    TestUsers.Pair pair = conversation.pair();
    submit(insertConversation.bind(pair.conversation().id(), pair.conversation().kind(),
        pair.conversation().members(), slice));
  }

  private BatchableStatement<?> message(StoredConversation conversation, long slice, int index) {
    TestUsers.Pair pair = conversation.pair();
    UUID sender = index % 2 == 0 ? pair.one().id() : pair.other().id();
    UUID recipient = index % 2 == 0 ? pair.other().id() : pair.one().id();
    return statements.insertMessage()
      .bindPresent(pair.conversation().id(), slice, conversation.id(index), sender, recipient,
          TestUsers.CONTENT, TestUsers.CONTENT_TYPE, null, null,
          RawStatements.timestamp(conversation.millis(index)), FOR_EVER);
  }

  /** All rows are of one partition. */
  private void submit(List<BatchableStatement<?>> rows) {
    if (!rows.isEmpty()) {
      submit(BatchStatement.newInstance(DefaultBatchType.UNLOGGED, rows).setIdempotent(true));
    }
  }

  private void submit(Statement<?> statement) {
    underWay.add(cassandra.submit(statement).toCompletableFuture());
    if (underWay.size() >= AT_ONCE) {
      underWay.remove().join();
    }
  }
}
