package dev.knatter.core.delivery;

import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import dev.knatter.core.Uuid7;
import dev.knatter.core.store.Cassandra;
import dev.knatter.core.store.Cql;

/**
 * The table of all that each user received and sent: references in the order of their positions, which are UUIDv7
 * minted at the write. One partition a user and month.
 */
public final class Inbox {
  private final Cql insert;

  public Inbox(Cassandra cassandra) {
    this.insert = cassandra
      .cql("INSERT INTO inbox (user_id, month, position, conversation_id, id) VALUES (?, ?, ?, ?, ?)");
  }

  /** The row that puts a message into a user's inbox. */
  BoundStatement insert(UUID user, UUID position, UUID conversation, UUID id) {
    return insert.bind(user, month(Uuid7.millis(position)), position, conversation, id);
  }

  /** The partition of a moment: months since year 0, UTC. */
  public static int month(long millis) {
    return Math.toIntExact(YearMonth.from(java.time.Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC))
      .getLong(java.time.temporal.ChronoField.PROLEPTIC_MONTH));
  }
}
