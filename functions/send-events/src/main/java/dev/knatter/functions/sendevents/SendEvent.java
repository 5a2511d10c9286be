package dev.knatter.functions.sendevents;

import dev.knatter.adapter.json.InvalidInput;
import dev.knatter.adapter.json.Json;
import dev.knatter.shared.DomainError.InvalidRequest;
import org.jspecify.annotations.Nullable;

/**
 * The data of an event, not checked yet: the members of a send, and its sender.
 *
 * @param from           the sender's username
 * @param to             the recipient's username; either this or conversationId
 * @param conversationId the id of a conversation of the sender
 * @param content        1 to 16,384 bytes of UTF-8
 * @param contentType    a media type; text/plain if absent
 * @param replyTo        the id of a message
 * @param keyId          the recipient's key with which the content is encrypted
 */
record SendEvent(@Nullable String from, @Nullable String to, @Nullable String conversationId,
    @Nullable String content, @Nullable String contentType, @Nullable String replyTo,
    @Nullable String keyId) {
  private static final Json JSON = new Json();

  static SendEvent read(byte[] data) {
    try {
      return JSON.bind(JSON.object(data), SendEvent.class);
    } catch (InvalidInput e) {
      // The message leaves out the pointer, because it is logged and the pointer may hold a name from the data.
      throw new InvalidRequest("/data", "has a member that " + e.errors().getFirst().detail());
    }
  }
}
