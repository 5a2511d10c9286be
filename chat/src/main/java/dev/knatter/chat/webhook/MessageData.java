package dev.knatter.chat.webhook;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageView;
import org.jspecify.annotations.Nullable;

/**
 * What an event says of a message: the message as the API shows it at that moment, and its version. Of several events
 * about a message, the one with the highest version counts.
 */
public record MessageData(UUID id, UUID conversationId, int version, String sender,
    @Nullable String recipient, String content, String contentType, Instant sentAt,
    @Nullable Instant editedAt, @Nullable Instant deletedAt, @Nullable UUID replyTo,
    @Nullable String keyId) {
  /** @param names usernames by user id; erased users are missing */
  static MessageData of(Message stored, Map<UUID, String> names) {
    MessageView view = MessageView.of(stored, names);
    return new MessageData(view.id(), view.conversationId(), view.version(), view.sender(),
        view.recipient(), view.content(), view.contentType(), view.sentAt(), view.editedAt(),
        view.deletedAt(), view.replyTo(), view.keyId());
  }
}
