package dev.knatter.shared.token;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.random.RandomGenerator;

import dev.knatter.shared.Digest;
import dev.knatter.shared.DomainError.Unauthenticated;

/**
 * The token that renews a session. Clients cannot read it; the product finds the session's row by it. text: base64url of
 * user id, session id, generation (4 bytes), family (16 random bytes, the same in all tokens of the session, by which the
 * product recognizes used tokens) and secret (32 random bytes). Only hashes are stored, so that a reader of the store
 * cannot renew a session.
 */
public record RefreshToken(String text) {
  public static final Duration LIFETIME = Duration.ofDays(30);
  private static final int GENERATION_AT = 32;
  private static final int FAMILY_AT = 36;
  private static final int FAMILY_BYTES = 16;
  private static final int SECRET_AT = FAMILY_AT + FAMILY_BYTES;
  private static final int SECRET_BYTES = 32;
  private static final int BYTES = SECRET_AT + SECRET_BYTES;

  /**
   * Makes the first token of a session.
   *
   * @param random must be a secure generator
   */
  public static RefreshToken mint(UUID userId, UUID sessionId, int generation, RandomGenerator random) {
    byte[] chosen = new byte[FAMILY_BYTES + SECRET_BYTES];
    random.nextBytes(chosen);
    byte[] bytes = new byte[BYTES];
    ByteBuffer.wrap(bytes)
      .putLong(userId.getMostSignificantBits())
      .putLong(userId.getLeastSignificantBits())
      .putLong(sessionId.getMostSignificantBits())
      .putLong(sessionId.getLeastSignificantBits())
      .putInt(generation)
      .put(chosen);
    return of(bytes);
  }

  /**
   * Reads a token. This does not mean that the token renews anything.
   *
   * @throws Unauthenticated if the text does not have the shape of a token
   */
  public static RefreshToken parse(String text) {
    try {
      if (Base64.getUrlDecoder().decode(text).length == BYTES) {
        return new RefreshToken(text);
      }
    } catch (IllegalArgumentException e) {
      // the text is not base64url
    }
    throw invalid();
  }

  /** Makes the exception for every token that renews nothing. It does not say why. */
  public static Unauthenticated invalid() {
    return new Unauthenticated("The refresh token is not valid.");
  }

  public UUID userId() {
    return id(0);
  }

  public UUID sessionId() {
    return id(16);
  }

  /** How many tokens the session has had, with this one. */
  public int generation() {
    return ByteBuffer.wrap(decoded()).getInt(GENERATION_AT);
  }

  /**
   * Returns the next token of the session. It is always the same for the same salt, so that the product can make it again
   * for a client that did not receive it. Both this token and the salt are necessary to make it.
   */
  public RefreshToken successor(byte[] salt) {
    byte[] secret = part(SECRET_AT, SECRET_BYTES);
    byte[] bytes = decoded();
    ByteBuffer.wrap(bytes)
      .putInt(GENERATION_AT, generation() + 1)
      .position(SECRET_AT)
      .put(new Digest().add(secret).add(salt).bytes());
    return of(bytes);
  }

  /** SHA-256 of the decoded token. A fast hash is enough, because the secret is 32 random bytes. */
  public byte[] hash() {
    return sha256(decoded());
  }

  /** SHA-256 of the family, which all tokens of the session share. */
  public byte[] familyHash() {
    return sha256(part(FAMILY_AT, FAMILY_BYTES));
  }

  private UUID id(int at) {
    ByteBuffer bytes = ByteBuffer.wrap(decoded());
    return new UUID(bytes.getLong(at), bytes.getLong(at + Long.BYTES));
  }

  private byte[] part(int at, int length) {
    return Arrays.copyOfRange(decoded(), at, at + length);
  }

  private byte[] decoded() {
    return Base64.getUrlDecoder().decode(text);
  }

  private static RefreshToken of(byte[] bytes) {
    return new RefreshToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /** Leaves the token out, because the text may be logged. */
  @Override
  public String toString() {
    return "RefreshToken";
  }
}
