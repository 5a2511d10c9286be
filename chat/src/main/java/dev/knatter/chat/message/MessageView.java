package dev.knatter.chat.message;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.knatter.chat.reaction.ReactionView;
import org.jspecify.annotations.Nullable;

/**
 * A message in the API.
 *
 * @param sender    a username, {@value #ERASED} for an erased user; recipient: the same
 * @param sentAt    the id's time
 * @param version   of two states of a message, the one with the higher version is the later one
 * @param reactions null if there are none, or if they were not read
 */
public record MessageView(UUID id, UUID conversationId, String sender, @Nullable String recipient,
    String content, String contentType, Instant sentAt, int version, @Nullable Instant editedAt,
    @Nullable Instant deletedAt, @Nullable UUID replyTo, @Nullable String keyId,
    @Nullable List<ReactionView> reactions) {
  /** No username can begin with this character. */
  public static final String ERASED = "~erased";

  /**
   * A view without reactions.
   *
   * @param names usernames by user id; erased users are missing
   */
  public static MessageView of(Message stored, Map<UUID, String> names) {
    UUID recipient = stored.recipient();
    return new MessageView(stored.id(), stored.conversationId(), names.getOrDefault(stored.sender(), ERASED),
        recipient == null ? null : names.getOrDefault(recipient, ERASED), stored.content(),
        stored.contentType(), stored.sentAt(), stored.version(), stored.editedAt(), stored.deletedAt(),
        stored.replyTo(), stored.keyId(), null);
  }

  MessageView with(List<ReactionView> read) {
    return new MessageView(id, conversationId, sender, recipient, content, contentType, sentAt, version,
        editedAt, deletedAt, replyTo, keyId, read.isEmpty() ? null : read);
  }
}
