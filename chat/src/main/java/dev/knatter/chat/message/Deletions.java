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
import dev.knatter.chat.reaction.Reactions;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the content of messages, by one lightweight transaction for all messages of a slice. The row stays for as
 * long as the message would have lived, and shows that there was a message and who sent it. The reactions go, too.
 */
public final class Deletions {
  /** An edit at the same moment lets a deletion fail, and the next attempt finds the edited message. */
  private static final int ATTEMPTS = 5;

  private final Cassandra cassandra;
  private final Slices slices;
  private final Reactions reactions;
  private final ContentDeletion deletion;
  private final Cql select;
  private final Cql deleteRow;
  private final Cql deleteIndex;
  private final Cql deleteSamples;

  public Deletions(Cassandra cassandra, Slices slices, Reactions reactions) {
    this.cassandra = cassandra;
    this.slices = slices;
    this.reactions = reactions;
    this.deletion = new ContentDeletion(cassandra);
    String whereRow = " WHERE conversation_id = ? AND slice = ? AND id = ?";
    this.select = cassandra
      .cql(
          "SELECT id, sender, recipient, version, reacted, deleted_at, TTL(content_type) AS ttl, "
              + ContentDeletion.OPTIONAL + " FROM timeline"
              + " WHERE conversation_id = ? AND slice = ? AND id IN ?");
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
   * Deletes the content of the sender's messages, and the reactions to them.
   *
   * @param ids messages of one conversation; messages of other senders and missing ones do not change
   * @return whether any of them had content
   */
  public boolean deleteContent(UUID conversation, Collection<UUID> ids, UUID sender, Instant when) {
    return deleteContent(conversation, bySlice(conversation, ids), sender, when);
  }

  private boolean deleteContent(UUID conversation, Map<Long, List<UUID>> bySlice, UUID sender, Instant when) {
    Set<UUID> reacted = new HashSet<>();
    boolean changed = change(conversation, bySlice, (slice, row) -> {
      if (sender.equals(row.getUuid("sender")) && row.getBoolean("reacted")) {
        reacted.add(present(row.getUuid("id"))); // also if an earlier call has deleted the content, and stopped
      }
      return hasContent(row, sender) ? delete(conversation, slice, row, sender, when) : null;
    });
    reactions.deleteAll(conversation, reacted);
    return changed;
  }

  private BatchableStatement<?> delete(UUID conversation, long slice, Row row, UUID sender, Instant when) {
    int version = row.isNull("version") ? Message.FIRST_VERSION : row.getInt("version");
    int ttl = row.getInt("ttl"); // 0, which a row without TTL has, means no TTL
    return deletion.of(conversation, slice, present(row.getUuid("id")), sender, version,
        ContentDeletion.columns(row), ttl, when);
  }

  /**
   * Deletes what the present state of a changed message must not leave behind: the reactions to a deleted one, and
   * copies in slices that are not its own, where a writer that was suspended may have left them.
   */
  public void deleteLeftovers(Message changed) {
    Instant when = changed.deletedAt();
    if (when != null) {
      boolean _ = deleteContent(changed.conversationId(), List.of(changed.id()), changed.sender(), when);
    } else if (changed.editedAt() != null) {
      deleteCopies(changed.conversationId(), changed.id(), changed.sender(), changed.editedAt());
    }
  }

  private void deleteCopies(UUID conversation, UUID id, UUID sender, Instant when) {
    Map<Long, List<UUID>> others = bySlice(conversation, List.of(id));
    others.remove(slices.of(conversation, id));
    if (!others.isEmpty()) {
      boolean _ = change(conversation, others,
          (slice, row) -> hasContent(row, sender) ? delete(conversation, slice, row, sender, when) : null);
    }
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
    reactions.deleteAll(conversation, ids);
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
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        List<BatchableStatement<?>> statements = statements(conversation, some.getKey(), some.getValue(),
            change);
        changed |= !statements.isEmpty();
        if (apply(statements)) {
          break;
        }
      }
    }
    return changed;
  }

  private List<BatchableStatement<?>> statements(UUID conversation, long slice, List<UUID> ids,
      Change change) {
    List<BatchableStatement<?>> statements = new ArrayList<>();
    for (Row row : cassandra.all(select.bind(conversation, slice, ids))) {
      BatchableStatement<?> statement = change.of(slice, row);
      if (statement != null) {
        statements.add(statement);
      }
    }
    return statements;
  }

  /**
   * Applies all in one batch. If a row has changed or disappeared meanwhile, all conditions fail; then each statement
   * runs alone. Returns whether all were applied.
   */
  private boolean apply(List<BatchableStatement<?>> statements) {
    if (statements.isEmpty() || cassandra.applied(
        BatchStatement.newInstance(DefaultBatchType.UNLOGGED, statements).setIdempotent(false))) {
      return true;
    }
    boolean all = true;
    for (BatchableStatement<?> each : statements) {
      all &= cassandra.applied(each);
    }
    return all;
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
