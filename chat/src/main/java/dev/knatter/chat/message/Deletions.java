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
 * Takes messages back, by lightweight transaction: one for all those of one slice. What is left says that there was a
 * message, and whose; it lives as long as the message would have.
 */
public final class Deletions {
  private final Cassandra cassandra;
  private final Slices slices;
  private final Cql select;
  private final Cql empty;
  private final Cql remove;
  private final Cql removeIndex;
  private final Cql removeSamples;

  public Deletions(Cassandra cassandra, Slices slices) {
    this.cassandra = cassandra;
    this.slices = slices;
    String row = " WHERE conversation_id = ? AND slice = ? AND id = ?";
    this.select = cassandra
      .cql("SELECT id, sender, recipient, deleted_at, TTL(content_type) AS ttl FROM timeline"
          + " WHERE conversation_id = ? AND slice = ? AND id IN ?");
    this.empty = cassandra.conditional("UPDATE timeline USING TTL ? SET content = '', content_type = '"
        + SendCommand.PLAIN_TEXT + "', reply_to = null, key_id = null, edited_at = null, deleted_at = ?" + row
        + " IF sender = ?");
    this.remove = cassandra.conditional("DELETE FROM timeline" + row + " IF EXISTS");
    this.removeIndex = cassandra.cql("DELETE FROM conversations WHERE conversation_id = ?");
    this.removeSamples = cassandra
      .cql("DELETE FROM slice_samples WHERE conversation_id = ? AND slice = ?");
  }

  /** How many of some messages are a sender's and have content. */
  public int count(UUID conversation, Collection<UUID> ids, UUID sender) {
    return (int) rows(conversation, ids).stream()
      .filter(row -> isFull(row, sender))
      .map(row -> row.getUuid("id"))
      .distinct()
      .count();
  }

  /** Who has sent some messages, and to whom. */
  public Set<UUID> people(UUID conversation, Collection<UUID> ids) {
    Set<UUID> people = new HashSet<>();
    for (Row row : rows(conversation, ids)) {
      people.add(row.getUuid("sender"));
      people.add(row.getUuid("recipient"));
    }
    people.remove(null);
    return people;
  }

  private List<Row> rows(UUID conversation, Collection<UUID> ids) {
    List<Row> rows = new ArrayList<>();
    bySlice(conversation, ids)
      .forEach((slice, some) -> rows.addAll(cassandra.all(select.bind(conversation, slice, some))));
    return rows;
  }

  private static boolean isFull(Row row, UUID sender) {
    return sender.equals(row.getUuid("sender")) && row.getInstant("deleted_at") == null;
  }

  /**
   * Leaves nothing of those of a sender's messages but that they were there.
   *
   * @param ids of one conversation; those of other senders, and those that are not there, stay as they are
   * @return whether any of them had content
   */
  public boolean empty(UUID conversation, Collection<UUID> ids, UUID sender, Instant when) {
    return change(conversation, bySlice(conversation, ids), (slice, row) -> isFull(row, sender)
        ? empty.bind(row.getInt("ttl"), when, conversation, slice, present(row.getUuid("id")), sender)
        : null); // a TTL of 0, as of a row without one, is none
  }

  /**
   * Removes messages of a conversation in which nobody is left, and with them the conversation.
   *
   * @return whether there were any
   */
  public boolean remove(UUID conversation, Collection<UUID> ids) {
    Map<Long, List<UUID>> bySlice = bySlice(conversation, ids);
    boolean changed = change(conversation, bySlice,
        (slice, row) -> remove.bind(conversation, slice, present(row.getUuid("id"))));
    bySlice.keySet().forEach(slice -> cassandra.execute(removeSamples.bind(conversation, slice)));
    cassandra.execute(removeIndex.bind(conversation));
    return changed;
  }

  /** What is to be done with a row; null where that is nothing. */
  private interface Change {
    @Nullable
    BatchableStatement<?> of(long slice, Row row);
  }

  /** Whether anything was to be done. */
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

  /** All at once; one by one where one of the rows has gone meanwhile, with which all conditions have failed. */
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
