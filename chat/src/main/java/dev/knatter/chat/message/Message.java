package dev.knatter.chat.message;

import java.time.Instant;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/**
 * A stored message.
 *
 * @param id        UUIDv7 with the time when the message was sent
 * @param sender    a user id
 * @param recipient a user id; null if the conversation is not a direct one
 * @param content   1 to 16,384 bytes of UTF-8; empty if the message was deleted
 * @param version   1, and one more after each edit and after the deletion
 * @param reacted   whether somebody may have reacted to it
 */
public record Message(UUID id, UUID conversationId, UUID sender, @Nullable UUID recipient, String content,
    String contentType, @Nullable UUID replyTo, @Nullable String keyId, int version,
    @Nullable Instant editedAt,
    @Nullable Instant deletedAt, boolean reacted) {
  /** The version of a message that nobody has changed. */
  public static final int FIRST_VERSION = 1;

  /** The index of the column {@code id} in {@link #COLUMNS}. */
  public static final int ID = 1;
  /** The index of the column {@code refers_to} in {@link #COLUMNS}. A marker row has it: the id of a late message. */
  public static final int REFERS_TO = 10;
  /** The columns that {@link #of} reads. */
  public static final String COLUMNS = "conversation_id, id, sender, recipient, content, content_type, reply_to, key_id,"
      + " edited_at, deleted_at, refers_to, version, reacted";

  public Instant sentAt() {
    return Uuid7.instant(id);
  }

  public boolean isDeleted() {
    return deletedAt != null;
  }

  /** The later state of two of one message. */
  public static Message latest(Message one, Message other) {
    return one.version >= other.version ? one : other;
  }

  /** The next state: an edit of this one. */
  public Message edited(String newContent, String newContentType, @Nullable String newKeyId, Instant when) {
    return new Message(id, conversationId, sender, recipient, newContent, newContentType, replyTo, newKeyId,
        version + 1, when, null, reacted);
  }

  /** The same state, to which somebody has reacted. */
  public Message withReactions() {
    return new Message(id, conversationId, sender, recipient, content, contentType, replyTo, keyId, version,
        editedAt, deletedAt, true);
  }

  /** The next state: who sent it remains, and that it was deleted. */
  public Message deleted(Instant when) {
    return new Message(id, conversationId, sender, recipient, "", SendCommand.PLAIN_TEXT, null, null,
        version + 1, null, when, reacted);
  }

  /**
   * Reads a row of {@link #COLUMNS}; null for a marker row. Values are read by index and with their codec, because a
   * page has hundreds of values and looking up names and codecs takes longer than reading.
   */
  public static @Nullable Message of(Row row) {
    UUID conversation = row.get(0, TypeCodecs.UUID);
    UUID id = row.get(ID, TypeCodecs.UUID);
    UUID sender = row.get(2, TypeCodecs.UUID);
    String content = row.get(4, TypeCodecs.TEXT);
    String contentType = row.get(5, TypeCodecs.TEXT);
    if (id == null || conversation == null || sender == null || contentType == null) {
      return null;
    }
    Instant deletedAt = row.get(9, TypeCodecs.TIMESTAMP);
    Integer version = row.get(11, TypeCodecs.INT);
    return new Message(id, conversation, sender, row.get(3, TypeCodecs.UUID), content == null ? "" : content,
        contentType, row.get(6, TypeCodecs.UUID), row.get(7, TypeCodecs.TEXT),
        version == null ? versionWithoutColumn(deletedAt) : version, row.get(8, TypeCodecs.TIMESTAMP),
        deletedAt,
        Boolean.TRUE.equals(row.get(12, TypeCodecs.BOOLEAN)));
  }

  /** Erasures of earlier releases deleted the content and left the version out. */
  private static int versionWithoutColumn(@Nullable Instant deletedAt) {
    return deletedAt == null ? FIRST_VERSION : FIRST_VERSION + 1;
  }
}
