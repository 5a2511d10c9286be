package dev.knatter.core.message;

import java.time.Instant;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.core.Uuid7;
import org.jspecify.annotations.Nullable;

/**
 * One message as it is stored. id: UUIDv7, whose time is when it was sent; sender and recipient: user ids, recipient
 * only in a direct conversation; content: 1 to 16,384 bytes of UTF-8, empty once deleted.
 */
public record Message(UUID id, UUID conversationId, UUID sender, @Nullable UUID recipient, String content,
    String contentType, @Nullable UUID replyTo, @Nullable String keyId, @Nullable Instant editedAt,
    @Nullable Instant deletedAt) {

  /** The columns that {@link #of} reads. */
  public static final String COLUMNS = "conversation_id, id, sender, recipient, content, content_type, reply_to, key_id,"
      + " edited_at, deleted_at, refers_to";

  public Instant sentAt() {
    return Uuid7.instant(id);
  }

  /** A row of the timeline; null for one that is no message but refers to one. */
  public static @Nullable Message of(Row row) {
    UUID id = row.getUuid("id");
    UUID conversation = row.getUuid("conversation_id");
    UUID sender = row.getUuid("sender");
    String content = row.getString("content");
    String contentType = row.getString("content_type");
    if (id == null || conversation == null || sender == null || contentType == null) {
      return null;
    }
    return new Message(id, conversation, sender, row.getUuid("recipient"), content == null ? "" : content,
        contentType, row.getUuid("reply_to"), row.getString("key_id"), row.getInstant("edited_at"),
        row.getInstant("deleted_at"));
  }
}
