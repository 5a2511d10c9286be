package dev.knatter.chat.change;

import dev.knatter.chat.message.ContentChecks;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/**
 * The checked input of an edit.
 *
 * @param content     1 to 16,384 bytes of UTF-8
 * @param contentType a media type; null leaves it as it is
 * @param keyId       the recipient's key with which the content is encrypted; null leaves it as it is
 */
public record EditCommand(MessageName message, String content, @Nullable String contentType,
    @Nullable String keyId) {

  /** Checks the caller's values and adds errors to {@code checks}. The result may be used only if there are none. */
  public static EditCommand check(Checks checks, @Nullable String conversationId, @Nullable String id,
      @Nullable String content, @Nullable String contentType, @Nullable String keyId) {
    MessageName message = MessageName.check(checks, conversationId, id);
    ContentChecks.check(checks, content, contentType, keyId);
    return new EditCommand(message, content == null ? "" : content, contentType, keyId);
  }
}
