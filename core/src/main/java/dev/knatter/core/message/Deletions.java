package dev.knatter.core.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.core.store.Cassandra;
import dev.knatter.core.store.Cql;

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

  /** Of some messages, how many were the sender's, and how many of those had content until now. */
  public record Outcome(int found, int deleted) {}

  /** What is to be done in one partition. */
  private record Work(List<BatchableStatement<?>> statements, int found) {}

  public Deletions(Cassandra cassandra, Slices slices) {
    this.cassandra = cassandra;
    this.slices = slices;
    String row = " WHERE conversation_id = ? AND slice = ? AND id = ?";
    this.select = cassandra.cql("SELECT id, sender, deleted_at, TTL(content_type) AS ttl FROM timeline"
        + " WHERE conversation_id = ? AND slice = ? AND id IN ?")
      .seldom();
    this.empty = cassandra.conditional("UPDATE timeline USING TTL ? SET content = '', content_type = '"
        + Outgoing.PLAIN_TEXT + "', reply_to = null, key_id = null, edited_at = null, deleted_at = ?" + row
        + " IF sender = ?")
      .seldom();
    this.remove = cassandra.conditional("DELETE FROM timeline" + row + " IF EXISTS").seldom();
    this.removeIndex = cassandra.cql("DELETE FROM conversations WHERE conversation_id = ?").seldom();
    this.removeSamples = cassandra
      .cql("DELETE FROM slice_samples WHERE conversation_id = ? AND slice = ?")
      .seldom();
  }

  /**
   * Leaves nothing of those of a sender's messages but that they were there.
   *
   * @param ids of one conversation; those of other senders, and those that are not there, stay as they are
   */
  public Outcome empty(UUID conversation, Collection<UUID> ids, UUID sender, Instant when) {
    int found = 0;
    int deleted = 0;
    for (Map.Entry<Long, List<UUID>> some : bySlice(conversation, ids).entrySet()) {
      Work work = work(conversation, some.getKey(), some.getValue(), sender, when);
      apply(work.statements());
      found += work.found();
      deleted += work.statements().size();
    }
    return new Outcome(found, deleted);
  }

  /** Removes messages of a conversation in which nobody is left, and with them the conversation. */
  public Outcome remove(UUID conversation, Collection<UUID> ids, UUID sender) {
    int found = 0;
    int deleted = 0;
    for (Map.Entry<Long, List<UUID>> some : bySlice(conversation, ids).entrySet()) {
      long slice = some.getKey();
      List<BatchableStatement<?>> statements = new ArrayList<>();
      for (Row row : cassandra.all(select.bind(conversation, slice, some.getValue()))) {
        if (sender.equals(row.getUuid("sender"))) {
          found++;
          deleted += row.getInstant("deleted_at") == null ? 1 : 0;
        }
        statements.add(remove.bind(conversation, slice, present(row.getUuid("id"))));
      }
      apply(statements);
      cassandra.execute(removeSamples.bind(conversation, slice));
    }
    cassandra.execute(removeIndex.bind(conversation));
    return new Outcome(found, deleted);
  }

  private Work work(UUID conversation, long slice, List<UUID> ids, UUID sender, Instant when) {
    List<BatchableStatement<?>> statements = new ArrayList<>();
    int found = 0;
    for (Row row : cassandra.all(select.bind(conversation, slice, ids))) {
      if (sender.equals(row.getUuid("sender"))) {
        found++;
        if (row.getInstant("deleted_at") == null) {
          statements.add(empty.bind(row.getInt("ttl"), when, conversation, slice, present(row.getUuid("id")),
              sender)); // a TTL of 0, as of a row without one, is none
        }
      }
    }
    return new Work(statements, found);
  }

  /** All at once; one by one where one of the rows has gone meanwhile, with which all conditions have failed. */
  private void apply(List<BatchableStatement<?>> statements) {
    if (statements.isEmpty() || applied(
        BatchStatement.newInstance(DefaultBatchType.UNLOGGED, statements).setIdempotent(false))) {
      return;
    }
    for (BatchableStatement<?> each : statements) {
      boolean _ = applied((BoundStatement) each);
    }
  }

  private boolean applied(com.datastax.oss.driver.api.core.cql.Statement<?> statement) {
    Row row = cassandra.one(statement);
    return row == null || row.getBoolean("[applied]");
  }

  private Map<Long, List<UUID>> bySlice(UUID conversation, Collection<UUID> ids) {
    Map<Long, List<UUID>> slicesOfIds = new HashMap<>();
    for (UUID id : ids) {
      slicesOfIds.computeIfAbsent(slices.of(conversation, id), _ -> new ArrayList<>()).add(id);
    }
    return slicesOfIds;
  }

  private static <T> T present(@org.jspecify.annotations.Nullable T column) {
    if (column == null) {
      throw new IllegalStateException("a row of the timeline has no id");
    }
    return column;
  }
}
