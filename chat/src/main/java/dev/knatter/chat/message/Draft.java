package dev.knatter.chat.message;

import java.nio.ByteBuffer;
import java.util.UUID;

import dev.knatter.chat.conversation.Conversation;
import dev.knatter.shared.Digest;
import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/** A message before it has an id. Its parts have been checked. */
public record Draft(Conversation conversation, UUID sender, String content, String contentType,
    @Nullable UUID replyTo, @Nullable String keyId) {

  /** The id of this draft under a client id: the client id's time, and a hash of the client id and the draft. */
  UUID messageId(UUID clientId) {
    ByteBuffer bits = ByteBuffer.wrap(
        new Digest().add(sender).add(conversation.id()).add(clientId).add(bodyHash()).bytes());
    return Uuid7.of(Uuid7.millis(clientId), bits.getLong(), bits.getLong());
  }

  /** A SHA-256 of the body. Two bodies are the same if their hashes are equal. */
  byte[] bodyHash() {
    return new Digest().add(content).add(contentType).add(replyTo).add(keyId).bytes();
  }

  Message toMessage(UUID id) {
    return new Message(id, conversation.id(), sender, conversation.recipientOf(sender), content, contentType,
        replyTo, keyId, null, null);
  }
}
