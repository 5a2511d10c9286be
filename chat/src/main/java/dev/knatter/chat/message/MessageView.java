package dev.knatter.chat.message;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** A message in the API. sender, recipient: usernames, {@value #ERASED} for an erased user; sentAt: the id's time. */
public record MessageView(UUID id, UUID conversationId, String sender, @Nullable String recipient,
    String content, String contentType, Instant sentAt, @Nullable Instant editedAt,
    @Nullable Instant deletedAt, @Nullable UUID replyTo, @Nullable String keyId) {
  /** No username can begin with this character. */
  public static final String ERASED = "~erased";

  /** @param names usernames by user id; erased users are missing */
  public static MessageView of(Message stored, Map<UUID, String> names) {
    UUID recipient = stored.recipient();
    return new MessageView(stored.id(), stored.conversationId(), names.getOrDefault(stored.sender(), ERASED),
        recipient == null ? null : names.getOrDefault(recipient, ERASED), stored.content(),
        stored.contentType(), stored.sentAt(), stored.editedAt(), stored.deletedAt(), stored.replyTo(),
        stored.keyId());
  }
}
