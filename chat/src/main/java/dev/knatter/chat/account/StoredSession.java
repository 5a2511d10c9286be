package dev.knatter.chat.account;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.token.RefreshToken;
import dev.knatter.shared.token.TokenIssuer;
import org.jspecify.annotations.Nullable;

/** A session's row, which can check a refresh token. */
record StoredSession(Row row) {
  /** For so long a spent token gets the same successor again: a client's requests may cross, or an answer be lost. */
  static final Duration GRACE = Duration.ofSeconds(10);
  /** For so long it gets another successor in place of one that was never used: a client may have been without a line. */
  static final Duration LOST = TokenIssuer.LIFETIME;
  static final String COLUMNS = "refresh_hash, family_hash, spent_hash, successor_salt, generation, device_name,"
      + " device_address, created_at, last_used_at";

  /** Whether the token was issued for this session, at any time. */
  boolean issued(RefreshToken token) {
    return isEqual("family_hash", token.familyHash());
  }

  /** Whether the token is the latest one, which can renew the session. */
  boolean isCurrent(RefreshToken token) {
    return isEqual("refresh_hash", token.hash());
  }

  /** The salt from which the token's successor is derived again; null if the token gets no successor. */
  byte @Nullable [] successorSalt(RefreshToken token, Instant now) {
    return wasSpentWithin(GRACE, token, now) ? bytes("successor_salt") : null;
  }

  /** Whether the token may still get another successor, in place of the one that nobody has used. */
  boolean mayReplaceSuccessor(RefreshToken token, Instant now) {
    return wasSpentWithin(LOST, token, now);
  }

  /** When the successor is used, it becomes the spent token. */
  private boolean wasSpentWithin(Duration time, RefreshToken token, Instant now) {
    Instant spent = row.getInstant("last_used_at");
    return spent != null && now.isBefore(spent.plus(time)) && isEqual("spent_hash", token.hash());
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
