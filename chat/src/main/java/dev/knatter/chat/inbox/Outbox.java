package dev.knatter.chat.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.conversation.Audience;
import dev.knatter.chat.conversation.ConversationActivity;
import dev.knatter.chat.pending.Intent;
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
 * row some seconds later. Otherwise the row stays until the sweep has entered the message again. The same holds for
 * changes of messages, and there a row is also written before the change: see {@link Intent}.
 */
public final class Outbox implements AutoCloseable {
  private final Cassandra cassandra;
  private final Inbox inbox;
  private final ConversationActivity activity;
  private final PendingTable table;
  private final Cql insert;
  private final Cql insertChange;
  private final Cql select;

  public Outbox(Cassandra cassandra, Inbox inbox, Uuid7 ids, RandomGenerator random) {
    this.cassandra = cassandra;
    this.inbox = inbox;
    this.activity = new ConversationActivity(cassandra);
    this.table = new PendingTable(cassandra, ids, random, "outbox", "outbox_lanes");
    this.insert = cassandra.cql("INSERT INTO outbox (bucket, lane, position, conversation_id, id, members)"
        + " VALUES (?, ?, ?, ?, ?, ?) USING TIMESTAMP ? AND TTL ?");
    this.insertChange = cassandra
      .cql("INSERT INTO outbox (bucket, lane, position, conversation_id, id, members, kind, version)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ? AND TTL ?");
    this.select = cassandra
      .cql("SELECT position, conversation_id, id, members, kind, version FROM outbox"
          + " WHERE bucket = ? AND lane = ?");
  }

  /** Begins an attempt to write a message, with a position of this moment. The caller must close the attempt. */
  public WriteAttempt open() {
    cassandra.requireClockAgreement();
    long startedNanos = System.nanoTime(); // before minting: a suspension between the two must count as late
    return new WriteAttempt(table.open(), startedNanos);
  }

  /**
   * The statements of a commit: the inbox rows of those whom the commit reaches, and the outbox row, which survives a crash.
   *
   * @param ttl    how long the rows live, in seconds; 0 for ever
   * @param change how the message was changed; null for the message itself
   */
  public List<BatchableStatement<?>> rows(WriteAttempt attempt, Audience audience, UUID id, int ttl,
      @Nullable Change change) {
    List<BatchableStatement<?>> rows = inboxRows(attempt, audience.id(), audience.conversation().members(),
        id,
        ttl, change);
    rows.addAll(row(attempt.row(), audience.id(), audience.outboxMembers(), id, ttl, change));
    return rows;
  }

  /** The same for some members: if this attempt fails, the sweep enters the message for those of them who are members. */
  public List<BatchableStatement<?>> rows(WriteAttempt attempt, UUID conversation, List<UUID> members,
      UUID id, int ttl) {
    return rows(attempt, conversation, members, id, ttl, null);
  }

  /** The same for a message that was changed; null for the message itself. */
  public List<BatchableStatement<?>> rows(WriteAttempt attempt, UUID conversation, List<UUID> members,
      UUID id, int ttl, @Nullable Change change) {
    List<BatchableStatement<?>> rows = inboxRows(attempt, conversation, members, id, ttl, change);
    rows.addAll(row(attempt.row(), conversation, members, id, ttl, change));
    return rows;
  }

  private List<BatchableStatement<?>> inboxRows(WriteAttempt attempt, UUID conversation, List<UUID> members,
      UUID id, int ttl, @Nullable Change change) {
    ChangeKind kind = change == null ? null : change.kind();
    List<BatchableStatement<?>> rows = new ArrayList<>();
    for (UUID member : members) {
      rows.add(inbox.insert(member, attempt.position(), conversation, id, kind, ttl));
      if (change == null) {
        rows.add(activity.update(member, conversation, id));
      }
    }
    return rows;
  }

  private List<BatchableStatement<?>> row(PendingRow row, UUID conversation, List<UUID> members, UUID id,
      int ttl, @Nullable Change change) {
    UUID position = row.position();
    long timestamp = PendingTable.timestamp(position);
    List<BatchableStatement<?>> rows = new ArrayList<>(table.registration(row));
    rows.add(change == null
        ? insert.bind(row.bucket(), row.lane(), position, conversation, id, members, timestamp, ttl)
        : insertChange.bind(row.bucket(), row.lane(), position, conversation, id, members,
            change.kind().name(), change.version(), timestamp, ttl));
    return rows;
  }

  /**
   * Writes the intent to change a message, or to enter a change in inboxes. The caller must close the intent.
   *
   * @param members whom the sweep enters it for; empty in a group for all members of then
   * @param ttl     how long the row lives, in seconds; 0 for ever
   * @param more    statements that the same batch writes
   */
  public Intent announce(UUID conversation, List<UUID> members, UUID id, Change change, int ttl,
      List<BatchableStatement<?>> more) {
    cassandra.requireClockAgreement();
    return table.announce(row -> {
      List<BatchableStatement<?>> rows = row(row, conversation, members, id, ttl, change);
      rows.addAll(more);
      return rows;
    });
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

  /**
   * A row of the outbox: a message that may not have reached its members' inboxes in time.
   *
   * @param members of a direct conversation. In a group, those of them who are still members; empty for all members
   * @param change  a change of the message, which may not have been made; null for the message itself
   */
  public record Entry(long bucket, int lane, UUID position, UUID conversation, UUID id,
      List<UUID> members, @Nullable Change change) {
    static Entry of(long bucket, int lane, Row row) {
      ChangeKind kind = ChangeKind.of(row.getString("kind"));
      return new Entry(bucket, lane, present(row.getUuid("position")),
          present(row.getUuid("conversation_id")),
          present(row.getUuid("id")), present(row.getList("members", UUID.class)),
          kind == null ? null : new Change(kind, row.getInt("version")));
    }
  }

  /** The table, for the sweep. */
  public PendingTable table() {
    return table;
  }

  /** The rows of one lane of a bucket. */
  public List<Entry> entries(long bucket, int lane) {
    return cassandra.all(select.bind(bucket, lane))
      .stream()
      .map(row -> Entry.of(bucket, lane, row))
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
