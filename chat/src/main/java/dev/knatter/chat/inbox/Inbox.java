package dev.knatter.chat.inbox;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
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
  private static final String ROWS = "SELECT position, conversation_id, id FROM inbox WHERE user_id = ? AND month = ?";

  private final Cassandra cassandra;
  private final Cql insert;
  private final Cql selectAbove;
  private final Cql selectUpTo;
  private final Cql selectBetween;
  private final Cql deleteMonth;

  /** A row: a position, and the message that is there. */
  public record Reference(UUID position, UUID conversation, UUID id) {
    /** Of one of the rows that an inbox reads. */
    public static Reference of(Row row) {
      return new Reference(Objects.requireNonNull(row.getUuid("position")),
          Objects.requireNonNull(row.getUuid("conversation_id")), Objects.requireNonNull(row.getUuid("id")));
    }
  }

  public Inbox(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.insert = cassandra
      .cql("INSERT INTO inbox (user_id, month, position, conversation_id, id) VALUES (?, ?, ?, ?, ?)");
    this.selectAbove = cassandra.cql(ROWS + " AND position > ? ORDER BY position ASC LIMIT ?");
    this.selectUpTo = cassandra.cql(ROWS + " AND position <= ? LIMIT ?");
    this.selectBetween = cassandra.cql(ROWS + " AND position > ? AND position <= ? ORDER BY position ASC LIMIT ?");
    this.deleteMonth = cassandra.cql("DELETE FROM inbox WHERE user_id = ? AND month = ?");
  }

  /** The row that puts a message into a user's inbox. */
  BatchableStatement<?> insert(UUID user, UUID position, UUID conversation, UUID id) {
    return insert.bind(user, month(Uuid7.millis(position)), position, conversation, id);
  }

  /** Starts to read the first rows of a month above a position, the lowest first. */
  public CompletionStage<AsyncResultSet> startAbove(UUID user, int month, UUID position, int limit) {
    return cassandra.submit(selectAbove.bind(user, month, position, limit));
  }

  /** Starts to read the last rows of a month up to a position, the highest first. */
  public CompletionStage<AsyncResultSet> startUpTo(UUID user, int month, UUID position, int limit) {
    return cassandra.submit(selectUpTo.bind(user, month, position, limit));
  }

  /** Starts to read the first rows of a month above a position, up to another one, the lowest first. */
  public CompletionStage<AsyncResultSet> startBetween(UUID user, int month, UUID above, UUID last, int limit) {
    return cassandra.submit(selectBetween.bind(user, month, above, last, limit));
  }

  /** The first rows of a month above a position, the lowest first. */
  public List<Reference> above(UUID user, int month, UUID position, int limit) {
    return references(startAbove(user, month, position, limit));
  }

  /** The rows above a position, up to another one, of the month of that. */
  public List<Reference> between(UUID user, UUID above, UUID last) {
    return references(startBetween(user, month(Uuid7.millis(last)), above, last, Integer.MAX_VALUE));
  }

  private List<Reference> references(CompletionStage<AsyncResultSet> read) {
    return cassandra.all(read).stream().map(Reference::of).toList();
  }

  /** Forgets a month, for a user who is gone and whom nothing reaches any more. */
  public void forget(UUID user, int month) {
    cassandra.execute(deleteMonth.bind(user, month));
  }

  /** The partition of a moment: months since year 0, UTC. */
  public static int month(long millis) {
    return Math.toIntExact(YearMonth.from(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC))
      .getLong(ChronoField.PROLEPTIC_MONTH));
  }
}
