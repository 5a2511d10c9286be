package dev.knatter.chat.message;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

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
  public static final int MAX_CONTENT_BYTES = 16_384;
  public static final String PLAIN_TEXT = "text/plain";

  private static final Pattern MEDIA_TYPE = Pattern
    .compile("[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*( *;[ -~]*)?");
  private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final int MAX_MEDIA_TYPE = 128;

  /** Checks the caller's values and adds errors to {@code checks}. The result may be used only if there are none. */
  public static SendCommand check(Checks checks, @Nullable String to, @Nullable String conversationId,
      @Nullable String content, @Nullable String contentType, @Nullable String replyTo,
      @Nullable String keyId) {
    checks.require(to == null || conversationId == null, "/conversationId",
        "must not be given together with to");
    checks.require(to != null || conversationId != null, "/to", "to or conversationId is required");
    checkContent(checks, content);
    String type = contentType == null ? PLAIN_TEXT : contentType;
    checks.require(type.length() <= MAX_MEDIA_TYPE && MEDIA_TYPE.matcher(type).matches(), "/contentType",
        "must be a media type of at most 128 characters");
    checks.require(keyId == null || KEY_ID.matcher(keyId).matches(), "/keyId",
        "must be 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-'");
    return new SendCommand(to, checks.uuid(conversationId, "/conversationId"), content == null ? "" : content,
        type,
        checks.uuid(replyTo, "/replyTo"), keyId);
  }

  private static void checkContent(Checks checks, @Nullable String content) {
    checks.require(content != null, "/content", "is required");
    if (content == null) {
      return;
    }
    boolean unicode = Checks.isUnicode(content);
    checks.require(unicode, "/content", "must be Unicode text: it holds half of a surrogate pair");
    int bytes = unicode ? content.getBytes(StandardCharsets.UTF_8).length : 1;
    checks.require(bytes >= 1 && bytes <= MAX_CONTENT_BYTES, "/content", "must be 1 to 16384 bytes of UTF-8");
  }
}
