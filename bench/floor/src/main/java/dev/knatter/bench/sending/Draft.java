package dev.knatter.bench.sending;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a sender says, checked.
 *
 * @param to       a username
 * @param content  1 to 16,384 bytes of UTF-8
 * @param clientId a UUIDv7 minted just before the first attempt
 */
public record Draft(String to, String content, UUID clientId) {
  public static final String CONTENT_TYPE = "text/plain";
  private static final int MAX_CONTENT_BYTES = 16_384;

  /**
   * Checks what a body held.
   *
   * @param clientId minted where it is absent
   * @throws IllegalArgumentException where a part is missing or not of its form
   */
  public static Draft of(@Nullable String to, @Nullable String content, @Nullable String clientId) {
    if (to == null || content == null) {
      throw new IllegalArgumentException("to and content are required");
    }
    int bytes = content.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > MAX_CONTENT_BYTES) {
      throw new IllegalArgumentException("content must be 1 to 16384 bytes of UTF-8");
    }
    UUID id = clientId == null ? Ids.mint() : UUID.fromString(clientId);
    if (id.version() != 7) {
      throw new IllegalArgumentException("clientId must be a UUID of version 7");
    }
    return new Draft(to, content, id);
  }

  /** A hash by which two bodies can be told apart. */
  public String fingerprint() {
    return Base64.getEncoder().encodeToString(Ids.hash(to, content));
  }
}
