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
import org.jspecify.annotations.Nullable;

/**
 * The inbox table: references to all messages that each user received and sent, ordered by position. A position is a
 * UUIDv7 that was minted at the write. Each user and month has one partition. A message that is changed is entered again,
 * so that whoever continues from an old position learns of the change.
 */
public final class Inbox {
  private static final String ROWS = "SELECT position, conversation_id, id, kind FROM inbox WHERE user_id = ? AND month = ?";

  private final Cassandra cassandra;
  private final Cql insert;
  private final Cql insertChange;
  private final Cql selectAbove;
  private final Cql selectUpTo;
  private final Cql selectBetween;
  private final Cql deleteMonth;

  /**
   * A row of an inbox: a position and the message that it refers to.
   *
   * @param kind how the message was changed; null if the row stands for the message itself
   */
  public record Reference(UUID position, UUID conversation, UUID id, @Nullable ChangeKind kind) {
    public static Reference of(Row row) {
      return new Reference(Objects.requireNonNull(row.getUuid("position")),
          Objects.requireNonNull(row.getUuid("conversation_id")), Objects.requireNonNull(row.getUuid("id")),
          ChangeKind.of(row.getString("kind")));
    }
  }

  public Inbox(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.insert = cassandra
      .cql(
          "INSERT INTO inbox (user_id, month, position, conversation_id, id) VALUES (?, ?, ?, ?, ?) USING TTL ?");
    this.insertChange = cassandra.cql(
        "INSERT INTO inbox (user_id, month, position, conversation_id, id, kind) VALUES (?, ?, ?, ?, ?, ?)"
            + " USING TTL ?");
    this.selectAbove = cassandra.cql(ROWS + " AND position > ? ORDER BY position ASC LIMIT ?");
    this.selectUpTo = cassandra.cql(ROWS + " AND position <= ? LIMIT ?");
    this.selectBetween = cassandra
      .cql(ROWS + " AND position > ? AND position <= ? ORDER BY position ASC LIMIT ?");
    this.deleteMonth = cassandra.cql("DELETE FROM inbox WHERE user_id = ? AND month = ?");
  }

  /**
   * The statement that enters a message in a user's inbox.
   *
   * @param kind how it was changed; null for the message itself
   * @param ttl  how long the row lives, in seconds; 0 for ever
   */
  BatchableStatement<?> insert(UUID user, UUID position, UUID conversation, UUID id,
      @Nullable ChangeKind kind, int ttl) {
    int month = month(Uuid7.millis(position));
    return kind == null
        ? insert.bind(user, month, position, conversation, id, ttl)
        : insertChange.bind(user, month, position, conversation, id, kind.name(), ttl);
  }

  /** Starts to read the first rows of a month above a position, in ascending order. */
  public CompletionStage<AsyncResultSet> startAbove(UUID user, int month, UUID position, int limit) {
    return cassandra.submit(selectAbove.bind(user, month, position, limit));
  }

  /** Starts to read the last rows of a month up to a position, in descending order. */
  public CompletionStage<AsyncResultSet> startUpTo(UUID user, int month, UUID position, int limit) {
    return cassandra.submit(selectUpTo.bind(user, month, position, limit));
  }

  /** Starts to read the first rows of a month above one position and up to another, in ascending order. */
  public CompletionStage<AsyncResultSet> startBetween(UUID user, int month, UUID above, UUID last,
      int limit) {
    return cassandra.submit(selectBetween.bind(user, month, above, last, limit));
  }

  /** Reads the first rows of a month above a position, in ascending order. */
  public List<Reference> above(UUID user, int month, UUID position, int limit) {
    return references(startAbove(user, month, position, limit));
  }

  /** Reads all rows above one position and up to another. Both must be in the month of the latter. */
  public List<Reference> between(UUID user, UUID above, UUID last) {
    return references(startBetween(user, month(Uuid7.millis(last)), above, last, Integer.MAX_VALUE));
  }

  private List<Reference> references(CompletionStage<AsyncResultSet> read) {
    return cassandra.all(read).stream().map(Reference::of).toList();
  }

  /** Deletes a month of an erased user, to whom no message can be sent any more. */
  public void deleteMonth(UUID user, int month) {
    cassandra.execute(deleteMonth.bind(user, month));
  }

  /** The month of a time in milliseconds: months since year 0, UTC. */
  public static int month(long millis) {
    return Math.toIntExact(YearMonth.from(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC))
      .getLong(ChronoField.PROLEPTIC_MONTH));
  }
}
