package dev.knatter.chat.message;

import java.time.Instant;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/**
 * One message as it is stored. id: UUIDv7, whose time is when it was sent; sender and recipient: user ids, recipient
 * only in a direct conversation; content: 1 to 16,384 bytes of UTF-8, empty once deleted.
 */
public record Message(UUID id, UUID conversationId, UUID sender, @Nullable UUID recipient, String content,
    String contentType, @Nullable UUID replyTo, @Nullable String keyId, @Nullable Instant editedAt,
    @Nullable Instant deletedAt) {

  /** The place of {@code id} among {@link #COLUMNS}. */
  public static final int ID = 1;
  /** The place of {@code refers_to} among {@link #COLUMNS}: the message for which a row stands that holds none. */
  public static final int REFERS_TO = 10;
  /** The columns that {@link #of} reads. */
  public static final String COLUMNS = "conversation_id, id, sender, recipient, content, content_type, reply_to, key_id,"
      + " edited_at, deleted_at, refers_to";

  public Instant sentAt() {
    return Uuid7.instant(id);
  }

  /**
   * A row of {@link #COLUMNS}; null for one that is no message but refers to one. By place and with the codec: to look
   * for names and codecs takes longer than to read, and a page has hundreds of values.
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
    return new Message(id, conversation, sender, row.get(3, TypeCodecs.UUID), content == null ? "" : content,
        contentType, row.get(6, TypeCodecs.UUID), row.get(7, TypeCodecs.TEXT),
        row.get(8, TypeCodecs.TIMESTAMP),
        row.get(9, TypeCodecs.TIMESTAMP));
  }
}
