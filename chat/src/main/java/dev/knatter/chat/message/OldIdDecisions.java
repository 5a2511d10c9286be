package dev.knatter.chat.message;

import java.time.Duration;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/**
 * Decides once and for all whether a message is stored under an old id. Without this table, one attempt could find
 * the message, which appears at that moment, and acknowledge it, while another attempt does not find it and makes its
 * id void. Only ids that are too old for a new write are decided here.
 */
final class OldIdDecisions {
  private static final Duration RETENTION = Duration.ofDays(30);

  private final Cassandra cassandra;
  private final Cql decide;

  OldIdDecisions(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.decide = cassandra.conditional("INSERT INTO fates (conversation_id, id, stored) VALUES (?, ?, ?)"
        + " IF NOT EXISTS USING TTL " + RETENTION.toSeconds());
  }

  /** Decides, unless another attempt has decided before. Returns whether the message counts as stored. */
  boolean decide(UUID conversation, UUID id, boolean stored) {
    Row row = cassandra.one(decide.bind(conversation, id, stored));
    return (row == null || row.getBoolean("[applied]")) ? stored : row.getBoolean("stored");
  }
}
