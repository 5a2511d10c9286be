package dev.knatter.chat.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import dev.knatter.chat.pending.PendingRow;
import dev.knatter.chat.pending.PendingTable;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/**
 * The outbox table: messages that are stored but may not be in their members' inboxes in time. Each message's batch
 * writes an outbox row beside the inbox rows. If the store acknowledged the batch in time, this process deletes the
 * row some seconds later. Otherwise the row stays until the sweep has entered the message again.
 */
public final class Outbox implements AutoCloseable {
  private final Cassandra cassandra;
  private final Inbox inbox;
  private final PendingTable table;
  private final Cql insert;
  private final Cql select;

  public Outbox(Cassandra cassandra, Inbox inbox, Uuid7 ids, RandomGenerator random) {
    this.cassandra = cassandra;
    this.inbox = inbox;
    this.table = new PendingTable(cassandra, ids, random, "outbox", "outbox_lanes");
    this.insert = cassandra.cql("INSERT INTO outbox (bucket, lane, position, conversation_id, id, members)"
        + " VALUES (?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
    this.select = cassandra
      .cql("SELECT position, conversation_id, id, members FROM outbox WHERE bucket = ? AND lane = ?");
  }

  /** Begins an attempt to write a message, with a position of this moment. The caller must close the attempt. */
  public WriteAttempt open() {
    cassandra.requireClockAgreement();
    long startedNanos = System.nanoTime(); // before minting: a suspension between the two must count as late
    return new WriteAttempt(table.open(), startedNanos);
  }

  /** The statements of an attempt: every member's inbox row, and the outbox row, which survives a crash. */
  public List<BatchableStatement<?>> rows(WriteAttempt attempt, UUID conversation, List<UUID> members,
      UUID id) {
    PendingRow row = attempt.row();
    UUID position = attempt.position();
    List<BatchableStatement<?>> rows = new ArrayList<>();
    for (UUID member : members) {
      rows.add(inbox.insert(member, position, conversation, id));
    }
    rows.add(insert.bind(row.bucket(), row.lane(), position, conversation, id, members,
        PendingTable.timestamp(position)));
    rows.addAll(table.registration(row));
    return rows;
  }

  /**
   * Writes an attempt's batch.
   *
   * @throws Unavailable if the outcome is not known, or if the store acknowledged the batch so late that readers may
   *     have passed its positions; the caller has to write the same message again in another attempt
   */
  public void commit(WriteAttempt attempt, List<BatchableStatement<?>> rows) {
    cassandra.execute(BatchStatement.newInstance(DefaultBatchType.LOGGED, rows).setIdempotent(true));
    cassandra.requireClockAgreement(); // if the machine was suspended meanwhile, its monotonic clock stood still, too
    if (!attempt.acknowledge()) {
      throw new Unavailable("The message was stored too late to be found at once.");
    }
  }

  /** A row of the outbox: a message that may not have reached its members' inboxes in time. */
  public record Entry(long bucket, int lane, UUID position, UUID conversation, UUID id,
      List<UUID> members) {}

  /** The table, for the sweep. */
  public PendingTable table() {
    return table;
  }

  /** The rows of one lane of a bucket. */
  public List<Entry> entries(long bucket, int lane) {
    return cassandra.all(select.bind(bucket, lane))
      .stream()
      .map(row -> new Entry(bucket, lane, present(row.getUuid("position")),
          present(row.getUuid("conversation_id")),
          present(row.getUuid("id")), present(row.getList("members", UUID.class))))
      .toList();
  }

  /** Deletes a row of any process. */
  public void delete(Entry entry) {
    table.delete(entry.bucket(), entry.lane(), entry.position());
  }

  private static <T> T present(@Nullable T column) {
    if (column == null) {
      throw new IllegalStateException("a row of the outbox is not whole");
    }
    return column;
  }

  /** Deletes the rows whose batch was acknowledged in time. Only call this when no attempt is open any more. */
  @Override
  public void close() {
    table.close();
  }
}
