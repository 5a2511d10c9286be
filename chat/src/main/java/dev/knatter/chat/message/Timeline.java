package dev.knatter.chat.message;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.inbox.WriteAttempt;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/**
 * The table that holds the messages. Each message is written with a timestamp that follows from its id and lies
 * before it, so that every attempt writes the very same row, and every later edit or deletion wins over it even if
 * clocks differ.
 */
public final class Timeline {
  /**
   * How late behind its key a row may still appear: what cursors wait for. A message's id may be as old as it may be
   * without a marker when its position is minted; the rest is that of inboxes.
   */
  public static final Duration DELTA = IdAge.UNMARKED.plus(WriteAttempt.DELTA);

  private static final long BEFORE_MILLIS = 300_000;

  private final Cassandra cassandra;
  private final Slices slices;
  private final Cql insert;
  private final Cql insertMarker;
  private final Cql delete;
  private final Cql select;

  public Timeline(Cassandra cassandra, Slices slices) {
    this.cassandra = cassandra;
    this.slices = slices;
    this.insert = cassandra
      .cql("INSERT INTO timeline (conversation_id, slice, id, sender, recipient, content,"
          + " content_type, reply_to, key_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
    this.insertMarker = cassandra
      .cql(
          "INSERT INTO timeline (conversation_id, slice, id, refers_to) VALUES (?, ?, ?, ?) USING TIMESTAMP ?");
    this.delete = cassandra
      .cql("DELETE FROM timeline USING TIMESTAMP ? WHERE conversation_id = ? AND slice = ? AND id = ?");
    this.select = cassandra.cql(
        "SELECT " + Message.COLUMNS + " FROM timeline WHERE conversation_id = ? AND slice = ? AND id IN ?");
  }

  /** The row of a message. */
  BatchableStatement<?> insert(Message message, long slice) {
    return insert.bindPresent(message.conversationId(), slice, message.id(), message.sender(),
        message.recipient(),
        message.content(), message.contentType(), message.replyTo(), message.keyId(),
        timestamp(message.id()));
  }

  /** A row at a fresh id that sends readers to a message which landed behind them. */
  BatchableStatement<?> insertMarker(UUID conversation, UUID fresh, UUID late) {
    return insertMarker.bind(conversation, slices.of(conversation, fresh), fresh, late, timestamp(fresh));
  }

  /** Makes an id void: whatever is still on its way to be written under it stays invisible, for tombstones win ties. */
  void voidId(UUID conversation, UUID id) {
    cassandra.execute(delete.bind(timestamp(id), conversation, slices.of(conversation, id), id));
  }

  Optional<Message> find(UUID conversation, UUID id) {
    return Optional.ofNullable(findAll(conversation, List.of(id)).get(id));
  }

  /** Those messages of a conversation that are there, by id. */
  public Map<UUID, Message> findAll(UUID conversation, Collection<UUID> ids) {
    return collect(start(conversation, ids));
  }

  /** Starts to read messages of one conversation; {@link #collect} waits. */
  public List<CompletionStage<AsyncResultSet>> start(UUID conversation, Collection<UUID> ids) {
    Map<Long, List<UUID>> bySlice = new HashMap<>();
    for (UUID id : ids) {
      bySlice.computeIfAbsent(slices.of(conversation, id), _ -> new ArrayList<>()).add(id);
    }
    List<CompletionStage<AsyncResultSet>> reads = new ArrayList<>();
    bySlice.forEach((slice, some) -> reads.add(cassandra.submit(select.bind(conversation, slice, some))));
    return reads;
  }

  /** Waits for what {@link #start} began; messages by id. */
  public Map<UUID, Message> collect(List<CompletionStage<AsyncResultSet>> reads) {
    Map<UUID, Message> found = new HashMap<>();
    for (CompletionStage<AsyncResultSet> read : reads) {
      for (Row row : cassandra.all(read)) {
        Message message = Message.of(row);
        if (message != null) {
          found.put(message.id(), message);
        }
      }
    }
    return found;
  }

  private static long timestamp(UUID id) {
    return (Uuid7.millis(id) - BEFORE_MILLIS) * 1_000;
  }
}
