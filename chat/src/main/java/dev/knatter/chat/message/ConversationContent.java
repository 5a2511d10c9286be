package dev.knatter.chat.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/**
 * All that the timeline holds of a conversation, partition by partition as the index of slices names them. For work on whole
 * conversations: readers use pages.
 */
public final class ConversationContent {
  private final Cassandra cassandra;
  private final Cql selectSlice;
  private final Cql selectNewestSlice;
  private final Cql selectIds;
  private final Cql selectNewest;
  private final Cql deleteRow;
  private final Cql deleteSlice;
  private final Cql deleteSamples;
  private final Cql deleteIndex;

  public ConversationContent(Cassandra cassandra) {
    this.cassandra = cassandra;
    String slice = " WHERE conversation_id = ? AND slice = ?";
    this.selectSlice = cassandra
      .cql("SELECT slice FROM conversations WHERE conversation_id = ? AND slice >= ?"
          + " ORDER BY slice ASC LIMIT 1");
    this.selectNewestSlice = cassandra
      .cql("SELECT slice FROM conversations WHERE conversation_id = ? LIMIT 1");
    this.selectIds = cassandra
      .cql("SELECT id, refers_to FROM timeline" + slice + " AND id > ? ORDER BY id ASC LIMIT ?");
    this.selectNewest = cassandra.cql("SELECT id, refers_to FROM timeline" + slice + " AND id >= ? LIMIT 1");
    this.deleteRow = cassandra.conditional("DELETE FROM timeline" + slice + " AND id = ? IF EXISTS");
    this.deleteSlice = cassandra.cql("DELETE FROM timeline" + slice);
    this.deleteSamples = cassandra.cql("DELETE FROM slice_samples" + slice);
    this.deleteIndex = cassandra.cql("DELETE FROM conversations WHERE conversation_id = ?");
  }

  /** The first slice from one on that may hold rows; empty if there is none. */
  public OptionalLong sliceFrom(UUID conversation, long slice) {
    Row row = cassandra.one(selectSlice.bind(conversation, slice));
    return row == null ? OptionalLong.empty() : OptionalLong.of(row.getLong("slice"));
  }

  /**
   * A row of the timeline.
   *
   * @param key     by which the rows of a slice are sorted
   * @param message the id of the message: the key itself, or what a marker refers to
   */
  public record Entry(UUID key, UUID message) {}

  /** The first rows of a slice above a key, in order. */
  public List<Entry> above(UUID conversation, long slice, UUID key, int limit) {
    return cassandra.all(selectIds.bind(conversation, slice, key, limit)).stream().map(row -> {
      UUID id = Objects.requireNonNull(row.getUuid("id"));
      return new Entry(id, Objects.requireNonNullElse(row.getUuid("refers_to"), id));
    }).toList();
  }

  /**
   * The newest message of the newest slice; empty if there is none.
   *
   * @param oldest the smallest id of a message that may be there; null if there is no limit
   */
  public Optional<UUID> newest(UUID conversation, @Nullable UUID oldest) {
    Row slice = cassandra.one(selectNewestSlice.bind(conversation));
    Row row = slice == null || slice.isNull("slice")
        ? null
        : cassandra.one(selectNewest.bind(conversation, slice.getLong("slice"),
            oldest == null ? Uuid7.floor(0) : oldest));
    if (row == null) {
      return Optional.empty();
    }
    UUID late = row.getUuid("refers_to");
    return Optional.ofNullable(late == null ? row.getUuid("id") : late);
  }

  /** Deletes rows of one slice, by lightweight transaction like every change of a stored message. */
  public void delete(UUID conversation, long slice, List<UUID> ids) {
    List<BatchableStatement<?>> rows = new ArrayList<>();
    ids.forEach(id -> rows.add(deleteRow.bind(conversation, slice, id)));
    if (!applied(rows)) { // one of them has gone meanwhile, so that no condition was met
      rows.forEach(row -> applied(List.of(row)));
    }
  }

  private boolean applied(List<BatchableStatement<?>> rows) {
    return cassandra
      .applied(BatchStatement.newInstance(DefaultBatchType.UNLOGGED, rows).setIdempotent(false));
  }

  /** Deletes a slice as a partition. Only for a conversation in which nothing can appear any more. */
  public void deleteSlice(UUID conversation, long slice) {
    cassandra.execute(deleteSlice.bind(conversation, slice));
    cassandra.execute(deleteSamples.bind(conversation, slice));
  }

  /** Deletes the index of slices, after the slices. */
  public void deleteIndex(UUID conversation) {
    cassandra.execute(deleteIndex.bind(conversation));
  }
}
