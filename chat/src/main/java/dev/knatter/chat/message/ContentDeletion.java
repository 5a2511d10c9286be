package dev.knatter.chat.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/**
 * The lightweight transaction that deletes the content of one message. The row stays for as long as the message would
 * have lived. It shows that there was a message, and who sent it.
 */
final class ContentDeletion {
  private static final String REPLY_TO = "reply_to";
  private static final String KEY_ID = "key_id";
  private static final String EDITED_AT = "edited_at";
  /** The columns that go, and that only some messages have. */
  static final String OPTIONAL = REPLY_TO + ", " + KEY_ID + ", " + EDITED_AT;

  private final Cql first;
  private final Cql later;

  ContentDeletion(Cassandra cassandra) {
    String delete = "UPDATE timeline USING TTL ? SET content = '', content_type = '"
        + SendCommand.PLAIN_TEXT
        + "', reply_to = ?, key_id = ?, edited_at = ?, deleted_at = ?, version = ?"
        + " WHERE conversation_id = ? AND slice = ? AND id = ? IF sender = ? AND deleted_at = null AND version = ";
    this.first = cassandra.conditional(delete + "null");
    this.later = cassandra.conditional(delete + "?");
  }

  /** Those of {@link #OPTIONAL} that a row has. */
  static List<String> columns(Row row) {
    return Stream.of(REPLY_TO, KEY_ID, EDITED_AT).filter(column -> !row.isNull(column)).toList();
  }

  /** The same of a stored message. */
  static List<String> columns(Message stored) {
    List<String> columns = new ArrayList<>();
    if (stored.replyTo() != null) {
      columns.add(REPLY_TO);
    }
    if (stored.keyId() != null) {
      columns.add(KEY_ID);
    }
    if (stored.editedAt() != null) {
      columns.add(EDITED_AT);
    }
    return columns;
  }

  /**
   * The statement.
   *
   * @param sender  of the message. Without this condition, the statement would make a row of a message that has expired
   * @param version the present one; if it is another, nothing is deleted
   * @param columns see {@link #columns}. A null in one that the row does not have would be a tombstone as well
   * @param ttl     the remaining time of the row, in seconds; 0 if it stays
   */
  BatchableStatement<?> of(UUID conversation, long slice, UUID id, UUID sender, int version,
      Collection<String> columns, int ttl, Instant when) {
    BoundStatement statement = version == Message.FIRST_VERSION
        ? first.bindPresent(ttl, null, null, null, when, version + 1, conversation, slice, id, sender)
        : later.bindPresent(ttl, null, null, null, when, version + 1, conversation, slice, id, sender,
            version);
    for (String column : columns) {
      statement = statement.setToNull(column);
    }
    return statement;
  }
}
