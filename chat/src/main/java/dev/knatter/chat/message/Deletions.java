package dev.knatter.chat.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the content of messages, by one lightweight transaction for all messages of a slice. The row stays for as
 * long as the message would have lived, and shows that there was a message and who sent it.
 */
public final class Deletions {
  private final Cassandra cassandra;
  private final Slices slices;
  private final Cql select;
  private final Cql deleteContent;
  private final Cql deleteRow;
  private final Cql deleteIndex;
  private final Cql deleteSamples;

  public Deletions(Cassandra cassandra, Slices slices) {
    this.cassandra = cassandra;
    this.slices = slices;
    String whereRow = " WHERE conversation_id = ? AND slice = ? AND id = ?";
    this.select = cassandra
      .cql("SELECT id, sender, recipient, deleted_at, TTL(content_type) AS ttl FROM timeline"
          + " WHERE conversation_id = ? AND slice = ? AND id IN ?");
    this.deleteContent = cassandra
      .conditional("UPDATE timeline USING TTL ? SET content = '', content_type = '"
          + SendCommand.PLAIN_TEXT + "', reply_to = null, key_id = null, edited_at = null, deleted_at = ?"
          + whereRow
          + " IF sender = ?");
    this.deleteRow = cassandra.conditional("DELETE FROM timeline" + whereRow + " IF EXISTS");
    this.deleteIndex = cassandra.cql("DELETE FROM conversations WHERE conversation_id = ?");
    this.deleteSamples = cassandra
      .cql("DELETE FROM slice_samples WHERE conversation_id = ? AND slice = ?");
  }

  /** Counts the messages of the sender that have content. */
  public int count(UUID conversation, Collection<UUID> ids, UUID sender) {
    return (int) rows(conversation, ids).stream()
      .filter(row -> hasContent(row, sender))
      .map(row -> row.getUuid("id"))
      .distinct()
      .count();
  }

  /** The senders and recipients of some messages. */
  public Set<UUID> participants(UUID conversation, Collection<UUID> ids) {
    Set<UUID> participants = new HashSet<>();
    for (Row row : rows(conversation, ids)) {
      participants.add(row.getUuid("sender"));
      participants.add(row.getUuid("recipient"));
    }
    participants.remove(null);
    return participants;
  }

  private List<Row> rows(UUID conversation, Collection<UUID> ids) {
    List<Row> rows = new ArrayList<>();
    bySlice(conversation, ids)
      .forEach((slice, some) -> rows.addAll(cassandra.all(select.bind(conversation, slice, some))));
    return rows;
  }

  private static boolean hasContent(Row row, UUID sender) {
    return sender.equals(row.getUuid("sender")) && row.getInstant("deleted_at") == null;
  }

  /**
   * Deletes the content of the sender's messages.
   *
   * @param ids messages of one conversation; messages of other senders and missing ones do not change
   * @return whether any of them had content
   */
  public boolean deleteContent(UUID conversation, Collection<UUID> ids, UUID sender, Instant when) {
    return change(conversation, bySlice(conversation, ids), (slice, row) -> hasContent(row, sender)
        ? deleteContent.bind(row.getInt("ttl"), when, conversation, slice, present(row.getUuid("id")), sender)
        : null); // a TTL of 0, which a row without TTL has, means no TTL
  }

  /**
   * Deletes whole messages, and the conversation itself. Call it only if all members are erased.
   *
   * @return whether there were any messages
   */
  public boolean deleteWhole(UUID conversation, Collection<UUID> ids) {
    Map<Long, List<UUID>> bySlice = bySlice(conversation, ids);
    boolean changed = change(conversation, bySlice,
        (slice, row) -> deleteRow.bind(conversation, slice, present(row.getUuid("id"))));
    bySlice.keySet().forEach(slice -> cassandra.execute(deleteSamples.bind(conversation, slice)));
    cassandra.execute(deleteIndex.bind(conversation));
    return changed;
  }

  /** Returns the statement that changes a row; null if the row stays. */
  private interface Change {
    @Nullable
    BatchableStatement<?> of(long slice, Row row);
  }

  /** Applies a change to some messages. Returns whether any row had to change. */
  private boolean change(UUID conversation, Map<Long, List<UUID>> bySlice, Change change) {
    boolean changed = false;
    for (Map.Entry<Long, List<UUID>> some : bySlice.entrySet()) {
      long slice = some.getKey();
      List<BatchableStatement<?>> statements = new ArrayList<>();
      for (Row row : cassandra.all(select.bind(conversation, slice, some.getValue()))) {
        BatchableStatement<?> statement = change.of(slice, row);
        if (statement != null) {
          statements.add(statement);
        }
      }
      apply(statements);
      changed |= !statements.isEmpty();
    }
    return changed;
  }

  /**
   * Applies all in one batch. If a row has disappeared meanwhile, all conditions fail; then each statement runs alone.
   */
  private void apply(List<BatchableStatement<?>> statements) {
    if (statements.isEmpty() || applied(
        BatchStatement.newInstance(DefaultBatchType.UNLOGGED, statements).setIdempotent(false))) {
      return;
    }
    for (BatchableStatement<?> each : statements) {
      boolean _ = applied(each);
    }
  }

  private boolean applied(com.datastax.oss.driver.api.core.cql.Statement<?> statement) {
    Row row = cassandra.one(statement);
    return row == null || row.getBoolean("[applied]");
  }

  private Map<Long, List<UUID>> bySlice(UUID conversation, Collection<UUID> ids) {
    Map<Long, List<UUID>> bySlice = new HashMap<>();
    for (UUID id : ids) {
      for (Long slice : slices.possible(conversation, id)) {
        bySlice.computeIfAbsent(slice, _ -> new ArrayList<>()).add(id);
      }
    }
    return bySlice;
  }

  private static <T> T present(@Nullable T column) {
    if (column == null) {
      throw new IllegalStateException("a row of the timeline has no id");
    }
    return column;
  }
}
