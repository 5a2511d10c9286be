package dev.knatter.functions.send;

import java.util.Base64;

import dev.knatter.shared.Digest;
import dev.knatter.guard.Repeatable;
import org.jspecify.annotations.Nullable;

/**
 * What a sender says. Either to (a username) or conversationId; content: 1 to 16,384 bytes of UTF-8; contentType: a
 * media type, text/plain where absent; clientId: a UUIDv7 minted just before the first attempt; replyTo: a message's
 * id; keyId: which of the recipient's keys the content is encrypted to.
 */
public record SendRequest(@Nullable String to, @Nullable String conversationId, @Nullable String content,
    @Nullable String contentType, @Nullable String clientId, @Nullable String replyTo,
    @Nullable String keyId) implements Repeatable {

  @Override
  public String fingerprint() {
    return Base64.getEncoder()
      .encodeToString(
          new Digest().add(to)
            .add(conversationId)
            .add(content)
            .add(contentType)
            .add(replyTo)
            .add(keyId)
            .bytes());
  }
}
