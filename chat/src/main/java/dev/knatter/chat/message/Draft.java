package dev.knatter.chat.message;

import java.nio.ByteBuffer;
import java.util.UUID;

import dev.knatter.chat.conversation.Conversation;
import dev.knatter.shared.Digest;
import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/** A message before it has an id: who says what where. Its parts have been checked. */
public record Draft(Conversation conversation, UUID sender, String content, String contentType,
    @Nullable UUID replyTo, @Nullable String keyId) {

  /** The id that this draft has under a client id: the client id's time, and bits that follow from all of it. */
  UUID messageId(UUID clientId) {
    ByteBuffer bits = ByteBuffer.wrap(
        new Digest().add(sender).add(conversation.id()).add(clientId).add(bodyHash()).bytes());
    return Uuid7.of(Uuid7.millis(clientId), bits.getLong(), bits.getLong());
  }

  /** What makes two bodies the same: SHA-256 over what the message says. */
  byte[] bodyHash() {
    return new Digest().add(content).add(contentType).add(replyTo).add(keyId).bytes();
  }

  Message toMessage(UUID id) {
    return new Message(id, conversation.id(), sender, conversation.recipientOf(sender), content, contentType,
        replyTo, keyId, null, null);
  }
}
