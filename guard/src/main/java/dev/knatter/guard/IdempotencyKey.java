package dev.knatter.guard;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.knatter.shared.Checks;
import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;

/**
 * The header field Idempotency-Key (draft-ietf-httpapi-idempotency-key-header §2.1): a quoted string, or the same
 * without quotes, as most clients send it.
 *
 * @param text     1 to 255 characters of printable ASCII
 * @param clientId the text as a UUIDv7; null if it is not one
 */
public record IdempotencyKey(String text, @Nullable UUID clientId) {
  private static final String HEADER = "Idempotency-Key";
  private static final Pattern QUOTED = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\]){1,255})\"");
  private static final Pattern BARE = Pattern.compile("[!#-\\[\\]-~](?:[ !#-\\[\\]-~]{0,253}[!#-\\[\\]-~])?");

  /** The key of a message; null if it has none or a malformed one. For a malformed one an error is added. */
  public static @Nullable IdempotencyKey check(Checks checks, Message<?> message) {
    String header = message.getHeaders().get(HEADER, String.class);
    String text = header == null ? null : unquote(header);
    checks.require(header == null || text != null, "/" + HEADER,
        "must be 1 to 255 printable ASCII characters, in quotes if one of them is a quote or a backslash");
    return text == null ? null : new IdempotencyKey(text, uuid7(text));
  }

  private static @Nullable String unquote(String header) {
    if (BARE.matcher(header).matches()) {
      return header;
    }
    Matcher matcher = QUOTED.matcher(header);
    return matcher.matches() ? matcher.group(1).replaceAll("\\\\(.)", "$1") : null;
  }

  /** The text as a UUIDv7; null if it is not one. */
  static @Nullable UUID uuid7(String text) {
    UUID id = new Checks().uuid(text, "");
    return id != null && Uuid7.isOne(id) ? id : null;
  }
}
