package dev.knatter.chat.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;

import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.Hmac;

/**
 * The signature of an event: base64url, without padding, of the HMAC-SHA256 over its id, source, type, time in
 * milliseconds since 1970, and its data in canonical form. Each part is written as a netstring (its length in bytes, a
 * colon, itself, a comma), so that no two events have the same parts. {@code docs/events.md} has an example.
 */
public final class EventSignature {
  /** The extension attribute that holds it. */
  public static final String ATTRIBUTE = "knattersignature";

  private EventSignature() {}

  /**
   * Signs an event.
   *
   * @param time what is below a millisecond is cut off
   * @param data JSON in any form
   * @throws InvalidRequest if the data are not a JSON object
   */
  public static String sign(Hmac key, String id, String source, String type, Instant time, byte[] data) {
    return of(key, id, source, type, time, CanonicalJson.of(data));
  }

  /** Whether a signature is that of an event. Takes equally long whatever is wrong. data: in canonical form. */
  static boolean fits(String signature, Hmac key, String id, String source, String type, Instant time,
      byte[] data) {
    // Texts are compared, because several texts decode to the same bytes.
    return MessageDigest.isEqual(of(key, id, source, type, time, data).getBytes(StandardCharsets.UTF_8),
        signature.getBytes(StandardCharsets.UTF_8));
  }

  private static String of(Hmac key, String id, String source, String type, Instant time, byte[] canonical) {
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    for (String part : new String[]{id, source, type, Long.toString(time.toEpochMilli())}) {
      add(parts, part.getBytes(StandardCharsets.UTF_8));
    }
    add(parts, canonical);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key.of(parts.toByteArray()));
  }

  private static void add(ByteArrayOutputStream parts, byte[] part) {
    parts.writeBytes((part.length + ":").getBytes(StandardCharsets.US_ASCII));
    parts.writeBytes(part);
    parts.write(',');
  }
}
