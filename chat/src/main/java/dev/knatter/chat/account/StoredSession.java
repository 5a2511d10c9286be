package dev.knatter.chat.account;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.token.RefreshToken;
import org.jspecify.annotations.Nullable;

/** A session as it is stored, and what it says of a refresh token. */
record StoredSession(Row row) {
  /** For so long a spent token gets its successor again: a client whose answer was lost has not stored it. */
  static final Duration GRACE = Duration.ofSeconds(10);
  static final String COLUMNS = "refresh_hash, family_hash, spent_hash, successor_salt, generation, device_name,"
      + " device_address, created_at, last_used_at";

  /** Whether we issued the token, whenever it was. */
  boolean knows(RefreshToken token) {
    return isEqual("family_hash", token.familyHash());
  }

  /** Whether the token is good for a renewal. */
  boolean isCurrent(RefreshToken token) {
    return isEqual("refresh_hash", token.hash());
  }

  /** What makes the token's successor again; null where it gets none. */
  byte @Nullable [] salt(RefreshToken token, Instant now) {
    Instant spent = row.getInstant("last_used_at");
    boolean repeated = spent != null && now.isBefore(spent.plus(GRACE))
        && isEqual("spent_hash", token.hash());
    return repeated ? bytes("successor_salt") : null;
  }

  private boolean isEqual(String column, byte[] hash) {
    byte[] stored = bytes(column);
    return stored != null && MessageDigest.isEqual(stored, hash);
  }

  private byte @Nullable [] bytes(String column) {
    ByteBuffer value = row.getByteBuffer(column);
    if (value == null) {
      return null;
    }
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    return bytes;
  }
}
