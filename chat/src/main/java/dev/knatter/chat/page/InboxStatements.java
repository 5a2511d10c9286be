package dev.knatter.chat.page;

import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/** What pages ask of {@code inbox}. Bounds: above the first, up to the second. */
final class InboxStatements {
  private static final String ROWS = "SELECT position, conversation_id, id FROM inbox WHERE user_id = ? AND month = ?";

  private final Cassandra cassandra;
  private final Cql ascending;
  private final Cql descending;
  private final Cql between;

  InboxStatements(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.ascending = cassandra.cql(ROWS + " AND position > ? ORDER BY position ASC LIMIT ?");
    this.descending = cassandra.cql(ROWS + " AND position <= ? LIMIT ?");
    this.between = cassandra.cql(ROWS + " AND position > ? AND position <= ? ORDER BY position ASC LIMIT ?");
  }

  Cassandra cassandra() {
    return cassandra;
  }

  BatchableStatement<?> ascending(UUID user, int month, UUID from, int limit) {
    return ascending.bind(user, month, from, limit);
  }

  BatchableStatement<?> descending(UUID user, int month, UUID to, int limit) {
    return descending.bind(user, month, to, limit);
  }

  BatchableStatement<?> between(UUID user, int month, UUID from, UUID to, int limit) {
    return between.bind(user, month, from, to, limit);
  }
}
