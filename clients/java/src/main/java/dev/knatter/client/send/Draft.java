package dev.knatter.client.send;

import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

import dev.knatter.client.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * A message to send: to a user or into a conversation, never both.
 *
 * @param to the other user of a direct conversation
 * @param content 1 to 16,384 bytes in UTF-8
 * @param contentType null for text/plain
 * @param replyTo the message that this one answers
 * @param keyId the key of the recipient that the content is encrypted with
 */
public record Draft(@Nullable String to, @Nullable UUID conversationId, String content,
    @Nullable String contentType, @Nullable UUID replyTo, @Nullable String keyId) {
  private static final String PLAIN = "text/plain";
  private static final String ENCRYPTED = "application/vnd.knatter.encrypted";

  public Draft {
    Objects.requireNonNull(content, "content");
    if ((to == null) == (conversationId == null)) {
      throw new IllegalArgumentException("A message goes to a user or into a conversation.");
    }
  }

  public static Draft to(String username, String content) {
    return new Draft(username, null, content, null, null, null);
  }

  public static Draft in(UUID conversationId, String content) {
    return new Draft(null, conversationId, content, null, null, null);
  }

  /** @param type null for text/plain */
  public Draft contentType(@Nullable String type) {
    return new Draft(to, conversationId, content, type, replyTo, keyId);
  }

  /** @param message the one that this one answers; null for none */
  public Draft replyTo(@Nullable UUID message) {
    return new Draft(to, conversationId, content, contentType, message, keyId);
  }

  /** Says that the content is encrypted with a key of the recipient. */
  public Draft encryptedWith(String key) {
    return new Draft(to, conversationId, content, ENCRYPTED, replyTo, key);
  }

  /** What is sent one after the other. A user and the id of the conversation with them are two lanes. */
  String lane() {
    return to != null ? "@" + to.toLowerCase(Locale.ROOT) : String.valueOf(conversationId);
  }

  Object body(UUID clientId) {
    return new Body(to, conversationId, content, clientId, contentType, replyTo, keyId);
  }

  private record Body(@Nullable String to, @Nullable UUID conversationId, String content, UUID clientId,
      @Nullable String contentType, @Nullable UUID replyTo, @Nullable String keyId) {}

  /**
   * Whether a message is this one. A device on the way may give the answer to another request. A message that an earlier
   * attempt has stored may have been edited or deleted meanwhile.
   */
  boolean became(Message message) {
    if (conversationId != null && !conversationId.equals(message.conversationId())) {
      return false;
    }
    return message.version() > 1 || (message.content().equals(content)
        && Objects.equals(message.replyTo(), replyTo) && Objects.equals(message.keyId(), keyId)
        && message.contentType().equals(contentType == null ? PLAIN : contentType));
  }
}
