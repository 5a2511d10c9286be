package dev.knatter.chat.page;

import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.chat.message.Message;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/** The statements that read {@code timeline} and the index of its slices. from is exclusive, to is inclusive. */
final class TimelineStatements {
  private static final String RANGE = " FROM timeline WHERE conversation_id = ? AND slice = ? AND id > ? AND id <= ?";
  private static final String SENDERS = "SELECT id, sender, deleted_at, refers_to";

  private final Cassandra cassandra;
  private final Cql ascending;
  private final Cql descending;
  private final Cql between;
  private final Cql senders;
  private final Cql lastSenders;
  private final Cql indexAbove;
  private final Cql indexBelow;

  TimelineStatements(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.ascending = cassandra.cql("SELECT " + Message.COLUMNS + RANGE + " ORDER BY id ASC LIMIT ?");
    this.descending = cassandra.cql("SELECT " + Message.COLUMNS + RANGE + " LIMIT ?");
    this.between = cassandra.cql("SELECT id, refers_to" + RANGE + " ORDER BY id ASC LIMIT ?");
    this.senders = cassandra.cql(SENDERS + RANGE + " ORDER BY id ASC LIMIT ?");
    this.lastSenders = cassandra.cql(SENDERS + RANGE + " LIMIT ?");
    this.indexAbove = cassandra
      .cql(
          "SELECT slice FROM conversations WHERE conversation_id = ? AND slice > ? ORDER BY slice ASC LIMIT ?");
    this.indexBelow = cassandra
      .cql("SELECT slice FROM conversations WHERE conversation_id = ? AND slice < ? AND slice >= ?"
          + " LIMIT ?");
  }

  Cassandra cassandra() {
    return cassandra;
  }

  BatchableStatement<?> ascending(UUID conversation, long slice, UUID from, UUID to, int limit) {
    return ascending.bind(conversation, slice, from, to, limit);
  }

  BatchableStatement<?> descending(UUID conversation, long slice, UUID from, UUID to, int limit) {
    return descending.bind(conversation, slice, from, to, limit);
  }

  /** Reads the keys in a range, and the message id that each marker refers to. */
  BatchableStatement<?> between(UUID conversation, long slice, UUID from, UUID to, int limit) {
    return between.bind(conversation, slice, from, to, limit);
  }

  /** Reads who has sent the messages in a range, without their content, in ascending order. */
  BatchableStatement<?> senders(UUID conversation, long slice, UUID from, UUID to, int limit) {
    return senders.bind(conversation, slice, from, to, limit);
  }

  /** Like the other, in descending order. */
  BatchableStatement<?> lastSenders(UUID conversation, long slice, UUID from, UUID to, int limit) {
    return lastSenders.bind(conversation, slice, from, to, limit);
  }

  /** Reads non-empty slices after one, in ascending order. */
  BatchableStatement<?> indexAbove(UUID conversation, long slice, int limit) {
    return indexAbove.bind(conversation, slice, limit);
  }

  /** Reads non-empty slices before one and not before another, in descending order. */
  BatchableStatement<?> indexBelow(UUID conversation, long slice, long first, int limit) {
    return indexBelow.bind(conversation, slice, first, limit);
  }
}
