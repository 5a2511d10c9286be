package dev.knatter.chat.delivery;

import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/**
 * The table of all that each user received and sent: references in the order of their positions, which are UUIDv7
 * minted at the write. One partition a user and month.
 */
public final class Inbox {
  private final Cassandra cassandra;
  private final Cql insert;
  private final Cql selectAbove;
  private final Cql selectBetween;
  private final Cql deleteMonth;

  /** A row: a position, and the message that is there. */
  public record Reference(UUID position, UUID conversation, UUID id) {}

  public Inbox(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.insert = cassandra
      .cql("INSERT INTO inbox (user_id, month, position, conversation_id, id) VALUES (?, ?, ?, ?, ?)");
    this.selectAbove = cassandra.cql("SELECT position, conversation_id, id FROM inbox WHERE user_id = ?"
        + " AND month = ? AND position > ? ORDER BY position ASC LIMIT ?");
    this.selectBetween = cassandra.cql("SELECT position, conversation_id, id FROM inbox WHERE user_id = ?"
        + " AND month = ? AND position > ? AND position <= ?");
    this.deleteMonth = cassandra.cql("DELETE FROM inbox WHERE user_id = ? AND month = ?");
  }

  /** The row that puts a message into a user's inbox. */
  BatchableStatement<?> insert(UUID user, UUID position, UUID conversation, UUID id) {
    return insert.bind(user, month(Uuid7.millis(position)), position, conversation, id);
  }

  /** The first rows of a month above a position, the lowest first. */
  public List<Reference> above(UUID user, int month, UUID position, int limit) {
    return references(selectAbove.bind(user, month, position, limit));
  }

  /** The rows above a position, up to another one, of the month of that. */
  public List<Reference> between(UUID user, UUID above, UUID last) {
    return references(selectBetween.bind(user, month(Uuid7.millis(last)), above, last));
  }

  private List<Reference> references(BatchableStatement<?> select) {
    List<Reference> rows = new ArrayList<>();
    for (Row row : cassandra.all(select)) {
      rows.add(new Reference(Objects.requireNonNull(row.getUuid("position")),
          Objects.requireNonNull(row.getUuid("conversation_id")),
          Objects.requireNonNull(row.getUuid("id"))));
    }
    return rows;
  }

  /** Forgets a month, for a user who is gone and whom nothing reaches any more. */
  public void forget(UUID user, int month) {
    cassandra.execute(deleteMonth.bind(user, month));
  }

  /** The partition of a moment: months since year 0, UTC. */
  public static int month(long millis) {
    return Math.toIntExact(YearMonth.from(java.time.Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC))
      .getLong(java.time.temporal.ChronoField.PROLEPTIC_MONTH));
  }
}
