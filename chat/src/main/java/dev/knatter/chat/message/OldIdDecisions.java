package dev.knatter.chat.message;

import java.time.Duration;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/**
 * Whether an id of the past stands for a message, decided once for all. Of two attempts one may find the message, which
 * lands just then, and the other not; without this the second would make void what the first has just acknowledged.
 * Only ids that are too old for a write ever get here.
 */
final class OldIdDecisions {
  private static final Duration KEPT = Duration.ofDays(30);

  private final Cassandra cassandra;
  private final Cql decide;

  OldIdDecisions(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.decide = cassandra.conditional("INSERT INTO fates (conversation_id, id, stored) VALUES (?, ?, ?)"
        + " IF NOT EXISTS USING TTL " + KEPT.toSeconds());
  }

  /** Decides, unless somebody has decided before; whether the message is stored. */
  boolean decide(UUID conversation, UUID id, boolean stored) {
    Row row = cassandra.one(decide.bind(conversation, id, stored));
    return (row == null || row.getBoolean("[applied]")) ? stored : row.getBoolean("stored");
  }
}
