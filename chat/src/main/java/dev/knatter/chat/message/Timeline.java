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
 * The timeline table, which holds the messages. The write timestamp of a message is five minutes before the time of
 * its id. So every attempt writes the same row, and every later edit or deletion wins, even if clocks differ.
 */
public final class Timeline {
  /**
   * How long after its key's time a row may still appear. Cursors re-read a range of keys until it is older than
   * this. A message without marker may be {@link IdAge#MARKED_AFTER} old when its position is minted, and then its
   * batch may be as late as an inbox row.
   */
  public static final Duration DELTA = IdAge.MARKED_AFTER.plus(WriteAttempt.DELTA);

  private static final long BEFORE_MILLIS = 300_000;

  private final Cassandra cassandra;
  private final Slices slices;
  private final Cql insert;
  private final Cql insertMarker;
  private final Cql delete;
  private final Cql select;
  private final Cql selectTimeToLive;
  private final Cql selectDecided;

  public Timeline(Cassandra cassandra, Slices slices) {
    this.cassandra = cassandra;
    this.slices = slices;
    this.insert = cassandra
      .cql("INSERT INTO timeline (conversation_id, slice, id, sender, recipient, content,"
          + " content_type, reply_to, key_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ? AND TTL ?");
    this.insertMarker = cassandra
      .cql(
          "INSERT INTO timeline (conversation_id, slice, id, refers_to) VALUES (?, ?, ?, ?)"
              + " USING TIMESTAMP ? AND TTL ?");
    this.delete = cassandra
      .cql("DELETE FROM timeline USING TIMESTAMP ? WHERE conversation_id = ? AND slice = ? AND id = ?");
    this.select = cassandra.cql(
        "SELECT " + Message.COLUMNS + " FROM timeline WHERE conversation_id = ? AND slice = ? AND id IN ?");
    this.selectTimeToLive = cassandra
      .cql(
          "SELECT TTL(content_type) AS ttl FROM timeline WHERE conversation_id = ? AND slice = ? AND id = ?");
    this.selectDecided = cassandra.serialRead(
        "SELECT " + Message.COLUMNS + " FROM timeline WHERE conversation_id = ? AND slice = ? AND id = ?");
  }

  BatchableStatement<?> insert(Message message, long slice, TimeToLive timeToLive) {
    return insert.bindPresent(message.conversationId(), slice, message.id(), message.sender(),
        message.recipient(),
        message.content(), message.contentType(), message.replyTo(), message.keyId(),
        timestamp(message.id()), timeToLive.seconds());
  }

  /** The statement that writes a marker: a row at a fresh id that refers to a late message, and lives as long. */
  BatchableStatement<?> insertMarker(UUID conversation, UUID fresh, UUID late, TimeToLive timeToLive) {
    return insertMarker.bind(conversation, slices.of(conversation, fresh), fresh, late, timestamp(fresh),
        timeToLive.seconds());
  }

  /** How long a stored message lives from now on. If it is gone by now, a second. */
  TimeToLive timeToLive(Message message) {
    UUID conversation = message.conversationId();
    Row row = cassandra
      .one(selectTimeToLive.bind(conversation, slices.of(conversation, message.id()), message.id()));
    return row == null ? new TimeToLive(1) : new TimeToLive(row.getInt("ttl")); // null, which is read as 0, for ever
  }

  /** Makes an id void. A row still being written stays invisible: tombstones win over writes of the same timestamp. */
  void voidId(UUID conversation, UUID id) {
    cassandra.execute(delete.bind(timestamp(id), conversation, slices.of(conversation, id), id));
  }

  /** The message; empty if it is not stored yet, or was deleted. */
  public Optional<Message> find(UUID conversation, UUID id) {
    return Optional.ofNullable(findAll(conversation, List.of(id)).get(id));
  }

  /** The message after every edit and deletion that was begun: after this read, each of them is made or never will be. */
  Optional<Message> findDecided(UUID conversation, UUID id) {
    return Optional
      .ofNullable(cassandra.one(selectDecided.bind(conversation, slices.of(conversation, id), id)))
      .map(Message::of);
  }

  /** The messages that exist, by id. */
  public Map<UUID, Message> findAll(UUID conversation, Collection<UUID> ids) {
    return collect(start(conversation, ids));
  }

  /** Starts to read messages of one conversation; {@link #collect} waits for them. */
  public List<CompletionStage<AsyncResultSet>> start(UUID conversation, Collection<UUID> ids) {
    Map<Long, List<UUID>> bySlice = new HashMap<>();
    for (UUID id : ids) {
      bySlice.computeIfAbsent(slices.of(conversation, id), _ -> new ArrayList<>()).add(id);
    }
    List<CompletionStage<AsyncResultSet>> reads = new ArrayList<>();
    bySlice.forEach((slice, some) -> reads.add(cassandra.submit(select.bind(conversation, slice, some))));
    return reads;
  }

  /** Waits for the reads that {@link #start} began. Returns the messages by id. */
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

  static long timestamp(UUID id) {
    return (Uuid7.millis(id) - BEFORE_MILLIS) * 1_000;
  }
}
