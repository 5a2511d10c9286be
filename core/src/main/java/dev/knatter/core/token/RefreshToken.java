package dev.knatter.core.token;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The token that renews a session. Opaque to clients; to us it says where its session is stored and which of the
 * session's tokens it is, so that a spent one is recognized. text: base64url of user id, session id, generation (4
 * bytes) and 32 random bytes. Only its hash is stored: whoever reads the store cannot renew anything.
 */
public record RefreshToken(String text) {
  public static final Duration LIFETIME = Duration.ofDays(30);
  private static final int SECRET_BYTES = 32;

  /** @param random must be a secure one */
  public static RefreshToken mint(UUID userId, UUID sessionId, int generation, RandomGenerator random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    ByteBuffer bytes = ByteBuffer.allocate(36 + SECRET_BYTES)
      .putLong(userId.getMostSignificantBits())
      .putLong(userId.getLeastSignificantBits())
      .putLong(sessionId.getMostSignificantBits())
      .putLong(sessionId.getLeastSignificantBits())
      .putInt(generation)
      .put(secret);
    return new RefreshToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array()));
  }

  /** SHA-256 of the decoded token: 32 random bytes need no slow hash. */
  public byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(Base64.getUrlDecoder().decode(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /** Not the token: this may end up in a log. */
  @Override
  public String toString() {
    return "RefreshToken";
  }
}
