package dev.knatter.functions.messages;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import dev.knatter.core.message.Message;
import org.jspecify.annotations.Nullable;

/** A message. sender and recipient: usernames; sentAt: the time of its id. */
public record MessageAnswer(UUID id, UUID conversationId, @Nullable String sender, @Nullable String recipient,
    String content, String contentType, Instant sentAt, @Nullable Instant editedAt,
    @Nullable Instant deletedAt,
    @Nullable UUID replyTo, @Nullable String keyId) {

  static MessageAnswer of(Message stored, Map<UUID, String> names) {
    UUID recipient = stored.recipient();
    return new MessageAnswer(stored.id(), stored.conversationId(), names.get(stored.sender()),
        recipient == null ? null : names.get(recipient), stored.content(), stored.contentType(),
        stored.sentAt(),
        stored.editedAt(), stored.deletedAt(), stored.replyTo(), stored.keyId());
  }
}
