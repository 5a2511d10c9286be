package dev.knatter.chat.message;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/**
 * The lightweight transactions that edit and delete stored messages. Each one raises the version of its message
 * by one and fails if somebody else has changed the message meanwhile, so an edit never brings back a message
 * that was deleted.
 */
public final class TimelineChanges {
  private final Cassandra cassandra;
  private final Slices slices;
  private final Deletions deletions;
  private final ContentDeletion deletion;
  private final Cql select;
  private final Cql firstEdit;
  private final Cql laterEdit;
  private final Cql markReacted;

  /**
   * A message as it is stored.
   *
   * @param timeToLive how long it still lives. Each change writes it again, because a lightweight transaction
   *     would store the changed columns for ever
   */
  public record Stored(Message message, long slice, TimeToLive timeToLive) {}

  public TimelineChanges(Cassandra cassandra, Slices slices, Deletions deletions) {
    this.cassandra = cassandra;
    this.slices = slices;
    this.deletions = deletions;
    this.deletion = new ContentDeletion(cassandra);
    String row = " WHERE conversation_id = ? AND slice = ? AND id = ?";
    String edit = "UPDATE timeline USING TTL ? SET content = ?, content_type = ?, key_id = ?, edited_at = ?,"
        + " version = ?" + row + " IF sender = ? AND deleted_at = null AND version = ";
    this.select = cassandra
      .cql("SELECT " + Message.COLUMNS + ", TTL(content_type) AS ttl FROM timeline" + row);
    this.firstEdit = cassandra.conditional(edit + "null");
    this.laterEdit = cassandra.conditional(edit + "?");
    this.markReacted = cassandra
      .cql("UPDATE timeline USING TIMESTAMP ? AND TTL ? SET reacted = true" + row);
  }

  /** The stored message; empty if there is none. */
  public Optional<Stored> find(UUID conversation, UUID id) {
    long slice = slices.of(conversation, id);
    Row row = cassandra.one(select.bind(conversation, slice, id));
    Message message = row == null ? null : Message.of(row);
    return row == null || message == null
        ? Optional.empty()
        : Optional.of(new Stored(message, slice, new TimeToLive(row.getInt("ttl"))));
  }

  /**
   * Stores the next state of a message: an edit, or its deletion.
   *
   * @param next a state that {@link Message#edited} or {@link Message#deleted} has made of the stored one
   * @return whether it is stored; if not, somebody else has changed the message meanwhile
   */
  public boolean apply(Stored stored, Message next) {
    return cassandra.applied(next.isDeleted() ? deletion(stored, next) : edit(stored, next));
  }

  /** Deletes what a change must not leave behind. Call this after every change, and when a change is repeated. */
  public void deleteLeftovers(Message changed) {
    deletions.deleteLeftovers(changed);
  }

  private Statement<?> deletion(Stored stored, Message next) {
    return deletion.of(next.conversationId(), stored.slice(), next.id(), next.sender(),
        stored.message().version(), ContentDeletion.columns(stored.message()),
        stored.timeToLive().seconds(), Objects.requireNonNull(next.deletedAt()));
  }

  /** A key id that is missing stays missing: nobody can take one away from a message. */
  private Statement<?> edit(Stored stored, Message next) {
    int version = stored.message().version();
    return version == Message.FIRST_VERSION
        ? firstEdit.bindPresent(stored.timeToLive().seconds(), next.content(), next.contentType(),
            next.keyId(), next.editedAt(),
            next.version(), next.conversationId(), stored.slice(), next.id(), next.sender())
        : laterEdit.bindPresent(stored.timeToLive().seconds(), next.content(), next.contentType(),
            next.keyId(), next.editedAt(),
            next.version(), next.conversationId(), stored.slice(), next.id(), next.sender(), version);
  }

  /**
   * The statement that marks a message as one that has reactions. It has the timestamp of the message's first
   * write, so that it cannot bring back a part of a message that is gone.
   */
  public BatchableStatement<?> markReacted(Stored stored) {
    Message message = stored.message();
    return markReacted.bind(Timeline.timestamp(message.id()), stored.timeToLive().seconds(),
        message.conversationId(),
        stored.slice(), message.id());
  }
}
