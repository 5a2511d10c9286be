package dev.knatter.chat.message;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A message as its readers get it. sender and recipient: usernames, {@value #NOBODY} for somebody who was erased, which is
 * nobody's; sentAt: the time of its id.
 */
public record MessageView(UUID id, UUID conversationId, String sender, @Nullable String recipient,
    String content, String contentType, Instant sentAt, @Nullable Instant editedAt,
    @Nullable Instant deletedAt, @Nullable UUID replyTo, @Nullable String keyId) {
  /** Begins with what no username begins with. */
  public static final String NOBODY = "~erased";

  /** @param names those of sender and recipient, where they are known */
  public static MessageView of(Message stored, Map<UUID, String> names) {
    UUID recipient = stored.recipient();
    return new MessageView(stored.id(), stored.conversationId(), names.getOrDefault(stored.sender(), NOBODY),
        recipient == null ? null : names.getOrDefault(recipient, NOBODY), stored.content(),
        stored.contentType(), stored.sentAt(), stored.editedAt(), stored.deletedAt(), stored.replyTo(),
        stored.keyId());
  }
}
