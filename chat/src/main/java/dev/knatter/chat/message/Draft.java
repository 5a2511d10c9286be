package dev.knatter.chat.message;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;

import dev.knatter.chat.conversation.Audience;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.shared.Digest;
import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/**
 * A message before it has an id. Its parts have been checked.
 *
 * @param audience  whom it has to reach
 * @param retention how long messages of the conversation live at present; null for ever
 */
public record Draft(Audience audience, UUID sender, String content, String contentType,
    @Nullable UUID replyTo, @Nullable String keyId, @Nullable Duration retention) {

  /** A message that lives for ever. */
  public Draft(Audience audience, UUID sender, String content, String contentType, @Nullable UUID replyTo,
      @Nullable String keyId) {
    this(audience, sender, content, contentType, replyTo, keyId, null);
  }

  /** A message that lives for ever, for a conversation of which all members are known at this moment. */
  public Draft(Conversation conversation, UUID sender, String content, String contentType,
      @Nullable UUID replyTo, @Nullable String keyId) {
    this(Audience.of(conversation), sender, content, contentType, replyTo, keyId, null);
  }

  public Conversation conversation() {
    return audience.conversation();
  }

  /** The id of this draft under a client id: the client id's time, and a hash of the client id and the draft. */
  UUID messageId(UUID clientId) {
    ByteBuffer bits = ByteBuffer.wrap(
        new Digest().add(sender).add(audience.id()).add(clientId).add(bodyHash()).bytes());
    return Uuid7.of(Uuid7.millis(clientId), bits.getLong(), bits.getLong());
  }

  /** A SHA-256 of the body. Two bodies are the same if their hashes are equal. */
  byte[] bodyHash() {
    return new Digest().add(content).add(contentType).add(replyTo).add(keyId).bytes();
  }

  Message toMessage(UUID id) {
    return new Message(id, audience.id(), sender, conversation().recipientOf(sender), content, contentType,
        replyTo, keyId, Message.FIRST_VERSION, null, null, false);
  }
}
