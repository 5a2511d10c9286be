package dev.knatter.bench;

import java.time.Duration;

import dev.knatter.bench.sending.SendStatements;
import dev.knatter.core.store.Cassandra;
import dev.knatter.core.store.Cql;

/** The statements of the product that are measured, word by word; a test holds them against its classes. */
record RawStatements(Cql insertInbox, Cql insertOutbox, Cql insertMessage, Cql selectPage, Cql selectSlices) {
  static final String SELECT_PAGE = "SELECT conversation_id, id, sender, recipient, content, content_type, reply_to,"
      + " key_id, edited_at, deleted_at, refers_to FROM timeline"
      + " WHERE conversation_id = ? AND slice = ? AND id > ? AND id <= ? LIMIT ?";
  static final String SELECT_SLICES = "SELECT slice FROM conversations WHERE conversation_id = ? AND slice < ? LIMIT ?";

  private static final long SLICE = Duration.ofDays(10).toMillis();
  private static final long TIMESTAMP_BEFORE_ID = Duration.ofMinutes(5).toMillis();

  static RawStatements of(Cassandra cassandra) {
    return new RawStatements(cassandra.cql(SendStatements.INSERT_INBOX),
        cassandra.cql(SendStatements.INSERT_OUTBOX), cassandra.cql(SendStatements.INSERT_MESSAGE),
        cassandra.cql(SELECT_PAGE), cassandra.cql(SELECT_SLICES));
  }

  /** The slice of a conversation that was never busy. */
  static long slice(long millis) {
    return Math.floorDiv(millis, SLICE) * SLICE;
  }

  /** The timestamp, in microseconds, of a message's row. */
  static long timestamp(long idMillis) {
    return (idMillis - TIMESTAMP_BEFORE_ID) * 1_000;
  }
}
