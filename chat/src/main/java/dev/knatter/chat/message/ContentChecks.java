package dev.knatter.chat.message;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/** What the content of a message may be, whether it is sent or edited. */
public final class ContentChecks {
  public static final int MAX_CONTENT_BYTES = 16_384;

  private static final Pattern MEDIA_TYPE = Pattern
    .compile("[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*( *;[ -~]*)?");
  private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final int MAX_MEDIA_TYPE = 128;

  private ContentChecks() {}

  /** Checks the parts and adds errors to {@code checks}. contentType, keyId: null if the caller gave none. */
  public static void check(Checks checks, @Nullable String content, @Nullable String contentType,
      @Nullable String keyId) {
    checkContent(checks, content);
    checks.require(contentType == null
        || (contentType.length() <= MAX_MEDIA_TYPE && MEDIA_TYPE.matcher(contentType).matches()),
        "/contentType", "must be a media type of at most 128 characters");
    checks.require(keyId == null || KEY_ID.matcher(keyId).matches(), "/keyId",
        "must be 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-'");
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
