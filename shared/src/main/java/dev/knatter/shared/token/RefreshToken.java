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
 * The token that renews a session. Opaque to clients; to us it says where its session is stored. text: base64url of user
 * id, session id, generation (4 bytes), family (16 random bytes, the same in all tokens of the session, by which spent
 * ones are recognized) and secret (32 random bytes). Only hashes are stored: whoever reads the store cannot renew
 * anything.
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
   * The first of a session.
   *
   * @param random must be a secure one
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

  /** @throws Unauthenticated for a text that is none; that it is a good one is not said */
  public static RefreshToken parse(String text) {
    try {
      if (Base64.getUrlDecoder().decode(text).length == BYTES) {
        return new RefreshToken(text);
      }
    } catch (IllegalArgumentException e) {
      // no base64url
    }
    throw invalid();
  }

  /** What is thrown of every token that renews nothing: the answer tells nobody why. */
  public static Unauthenticated invalid() {
    return new Unauthenticated("The refresh token is not valid.");
  }

  public UUID userId() {
    return id(0);
  }

  public UUID sessionId() {
    return id(16);
  }

  /** How many tokens the session has had, this one included. */
  public int generation() {
    return ByteBuffer.wrap(decoded()).getInt(GENERATION_AT);
  }

  /**
   * The one that comes next: always the same for the same salt, so that it can be made again for a client that did not
   * get it. Neither this token nor the salt is enough to make it.
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

  /** SHA-256 of the decoded token: 32 random bytes need no slow hash. */
  public byte[] hash() {
    return sha256(decoded());
  }

  /** SHA-256 of what all tokens of the session have in common. */
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

  /** Not the token: this may end up in a log. */
  @Override
  public String toString() {
    return "RefreshToken";
  }
}
