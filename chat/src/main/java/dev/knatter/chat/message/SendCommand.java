package dev.knatter.chat.message;

import java.util.UUID;

import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/**
 * The checked input of a send.
 *
 * @param to             the recipient's username; null if conversationId is given
 * @param conversationId null if to is given
 * @param content        1 to 16,384 bytes of UTF-8
 * @param contentType    a media type (RFC 6838 §4.2) of at most 128 characters; clients agree on it
 */
public record SendCommand(@Nullable String to, @Nullable UUID conversationId, String content,
    String contentType,
    @Nullable UUID replyTo, @Nullable String keyId) {
  public static final String PLAIN_TEXT = "text/plain";

  /** Checks the caller's values and adds errors to {@code checks}. The result may be used only if there are none. */
  public static SendCommand check(Checks checks, @Nullable String to, @Nullable String conversationId,
      @Nullable String content, @Nullable String contentType, @Nullable String replyTo,
      @Nullable String keyId) {
    checks.require(to == null || conversationId == null, "/conversationId",
        "must not be given together with to");
    checks.require(to != null || conversationId != null, "/to", "to or conversationId is required");
    ContentChecks.check(checks, content, contentType, keyId);
    return new SendCommand(to, checks.uuid(conversationId, "/conversationId"), content == null ? "" : content,
        contentType == null ? PLAIN_TEXT : contentType,
        checks.uuid(replyTo, "/replyTo"), keyId);
  }
}
