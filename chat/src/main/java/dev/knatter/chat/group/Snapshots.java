package dev.knatter.chat.group;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/**
 * The table of snapshots. A snapshot saves reading old events, and nothing else depends on it. The timestamp of the row is the
 * version: of two processes that write one, the newer snapshot stays.
 */
final class Snapshots {
  private final Cassandra cassandra;
  private final Cql select;
  private final Cql insert;
  private final Cql delete;

  Snapshots(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.select = cassandra.cql("SELECT state FROM conversation_snapshots WHERE conversation_id = ?");
    this.insert = cassandra
      .cql("INSERT INTO conversation_snapshots (conversation_id, version, state) VALUES (?, ?, ?)"
          + " USING TIMESTAMP ?");
    this.delete = cassandra.cql("DELETE FROM conversation_snapshots WHERE conversation_id = ?");
  }

  Optional<GroupState> find(UUID group) {
    Row row = cassandra.one(select.bind(group));
    ByteBuffer state = row == null ? null : row.getByteBuffer("state");
    return state == null ? Optional.empty() : SnapshotCodec.decode(group, state);
  }

  void write(GroupState state) {
    cassandra
      .execute(insert.bind(state.id(), state.version(), SnapshotCodec.encode(state), (long) state.version()));
  }

  /** Deletes the snapshot of a deleted group for good: the deletion has a timestamp of today. */
  void delete(UUID group) {
    cassandra.execute(delete.bind(group));
  }
}
