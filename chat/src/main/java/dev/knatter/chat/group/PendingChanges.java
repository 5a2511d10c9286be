package dev.knatter.chat.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.chat.pending.Intent;
import dev.knatter.chat.pending.PendingTable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/**
 * The table of groups that a command is about to change. Its row is written before the event, because no batch can hold both,
 * and deleted after the tables of members have the event. Otherwise it stays for the {@link GroupSweep}.
 */
public final class PendingChanges implements AutoCloseable {
  /** The version of the schema that brought the table. */
  static final int SCHEMA = 9;

  private final Cassandra cassandra;
  private final PendingTable table;
  private final Cql insert;
  private final Cql select;

  public PendingChanges(Cassandra cassandra, Uuid7 ids, RandomGenerator random) {
    this.cassandra = cassandra;
    this.table = new PendingTable(cassandra, ids, random, "conversation_changes",
        "conversation_change_lanes");
    this.insert = cassandra
      .cql("INSERT INTO conversation_changes (bucket, lane, position, conversation_id, joining)"
          + " VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ?");
    this.select = cassandra
      .cql(
          "SELECT position, conversation_id, joining FROM conversation_changes WHERE bucket = ? AND lane = ?");
  }

  /** A stored row. joining: the users who were to join */
  record Entry(long bucket, int lane, UUID position, UUID group, List<UUID> joining) {}

  /**
   * Writes the row. The caller must close what it gets.
   *
   * @param joining the users who are to join
   */
  Intent announce(UUID group, List<UUID> joining) {
    return table.announce(row -> {
      List<BatchableStatement<?>> rows = new ArrayList<>(table.registration(row));
      rows.add(insert.bind(row.bucket(), row.lane(), row.position(), group, joining,
          PendingTable.timestamp(row.position())));
      return rows;
    });
  }

  PendingTable table() {
    return table;
  }

  List<Entry> entries(long bucket, int lane) {
    return cassandra.all(select.bind(bucket, lane))
      .stream()
      .map(row -> new Entry(bucket, lane, Objects.requireNonNull(row.getUuid("position")),
          Objects.requireNonNull(row.getUuid("conversation_id")),
          Objects.requireNonNullElse(row.getList("joining", UUID.class), List.of())))
      .toList();
  }

  void delete(Entry entry) {
    table.delete(entry.bucket(), entry.lane(), entry.position());
  }

  /** Deletes the rows of finished changes. Only call this when no change is being made any more. */
  @Override
  public void close() {
    table.close();
  }
}
