package dev.knatter.functions.send;

import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.knatter.chat.message.SendKey;
import dev.knatter.shared.Checks;
import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/**
 * Under which key a request can be tried again: its clientId, its Idempotency-Key (a quoted string,
 * draft-ietf-httpapi-idempotency-key-header §2.1; or the same without quotes, as most clients send it), or one minted for
 * it. A UUIDv7 in the header is a clientId.
 */
final class SendKeys {
  private static final Pattern QUOTED = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\]){1,255})\"");
  private static final Pattern BARE = Pattern.compile("[!#-\\[\\]-~](?:[ !#-\\[\\]-~]{0,253}[!#-\\[\\]-~])?");

  private SendKeys() {}

  static SendKey check(Checks checks, @Nullable String clientId, @Nullable String header,
      Supplier<UUID> mint) {
    UUID given = checks.uuid(clientId, "/clientId");
    if (given != null) {
      checks.require(Uuid7.isOne(given), "/clientId", "must be a UUID of version 7");
    }
    String key = header == null ? null : unquote(header);
    checks.require(header == null || key != null, "/Idempotency-Key",
        "must be 1 to 255 printable ASCII characters, in quotes if one of them is a quote or a backslash");
    if (key == null) {
      return new SendKey.ClientId(given == null ? mint.get() : given);
    }
    UUID inHeader = uuid7(key);
    checks.require(given == null || given.equals(inHeader), "/clientId", "differs from the Idempotency-Key");
    return inHeader != null ? new SendKey.ClientId(inHeader) : new SendKey.Opaque(key, mint.get());
  }

  /** The clientId that a request names, in whichever of the two places; null where none does. */
  static @Nullable UUID clientId(@Nullable String clientId, @Nullable String header) {
    String text = clientId != null || header == null ? clientId : unquote(header);
    return uuid7(text);
  }

  private static @Nullable String unquote(String header) {
    if (BARE.matcher(header).matches()) {
      return header;
    }
    Matcher matcher = QUOTED.matcher(header);
    return matcher.matches() ? matcher.group(1).replaceAll("\\\\(.)", "$1") : null;
  }

  private static @Nullable UUID uuid7(@Nullable String text) {
    UUID id = new Checks().uuid(text, "");
    return id != null && Uuid7.isOne(id) ? id : null;
  }
}
