package dev.knatter.chat.publication;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.chat.pending.PendingRow;
import dev.knatter.chat.pending.PendingTable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/** The table of references to events that are not known to be accepted by a destination. Each destination has its own. */
public final class PublicationTable {
  private final Cassandra cassandra;
  private final Destination destination;
  private final PendingTable pending;
  private final Cql insert;
  private final Cql select;

  /** The table of the product's sink. */
  public PublicationTable(Cassandra cassandra, Uuid7 ids, RandomGenerator random) {
    this(cassandra, ids, random, Destination.SINK);
  }

  public PublicationTable(Cassandra cassandra, Uuid7 ids, RandomGenerator random, Destination destination) {
    this.cassandra = cassandra;
    this.destination = destination;
    String table = destination.table();
    this.pending = new PendingTable(cassandra, ids, random, table, destination.lanes());
    this.insert = cassandra
      .cql("INSERT INTO " + table + " (bucket, lane, position, type, subject, id, version)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
    this.select = cassandra
      .cql("SELECT position, type, subject, id, version FROM " + table + " WHERE bucket = ? AND lane = ?");
  }

  /** Where the events of this table go. */
  public Destination destination() {
    return destination;
  }

  /** A stored row. */
  public record Entry(long bucket, int lane, UUID position, EventReference reference) {}

  /** The table, for the sweep. */
  public PendingTable pending() {
    return pending;
  }

  List<BatchableStatement<?>> rows(PendingRow row, EventReference reference) {
    List<BatchableStatement<?>> rows = new ArrayList<>(pending.registration(row));
    Integer version = reference.version() == EventReference.NONE ? null : reference.version();
    rows.add(insert.bindPresent(row.bucket(), row.lane(), row.position(), reference.type().name(),
        reference.subject(), reference.id(), version, PendingTable.timestamp(row.position())));
    return rows;
  }

  /** The rows of one lane of a bucket, the oldest first. */
  public List<Entry> entries(long bucket, int lane) {
    return cassandra.all(select.bind(bucket, lane))
      .stream()
      .map(row -> new Entry(bucket, lane, Objects.requireNonNull(row.getUuid("position")),
          new EventReference(EventType.valueOf(Objects.requireNonNull(row.getString("type"))),
              Objects.requireNonNull(row.getUuid("subject")), Objects.requireNonNull(row.getUuid("id")),
              row.getInt("version"))))
      .toList();
  }

  /** Deletes a row of any process. */
  public void delete(Entry entry) {
    pending.delete(entry.bucket(), entry.lane(), entry.position());
  }
}
