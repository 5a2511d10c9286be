package dev.knatter.functions.send;

import dev.knatter.chat.sending.SendOperation;
import dev.knatter.guard.Repeatable;
import org.jspecify.annotations.Nullable;

/**
 * The body of a send, not checked yet.
 *
 * @param to             the recipient's username; either this or conversationId
 * @param conversationId the id of a conversation of the sender
 * @param content        1 to 16,384 bytes of UTF-8
 * @param contentType    a media type; text/plain if absent
 * @param clientId       a UUIDv7 that the client minted just before its first attempt
 * @param replyTo        the id of a message
 * @param keyId          the recipient's key with which the content is encrypted
 */
public record SendRequest(@Nullable String to, @Nullable String conversationId, @Nullable String content,
    @Nullable String contentType, @Nullable String clientId, @Nullable String replyTo,
    @Nullable String keyId) implements Repeatable {

  @Override
  public String fingerprint() {
    return SendOperation.fingerprint(to, conversationId, content, contentType, replyTo, keyId);
  }
}
