package dev.knatter.chat.account;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.RefreshToken;
import dev.knatter.shared.token.TokenIssuer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews sessions. A refresh token works for one renewal, which issues its successor (RFC 9700 §4.14.2). Until the
 * successor is used, the spent token gets the same successor again within {@link StoredSession#GRACE}, and within
 * {@link StoredSession#LOST} another one that replaces it. Any other use of a spent token or of a replaced one means that two
 * parties have tokens of the session, and one of them may have stolen it: the session ends.
 */
public final class SessionRenewal {
  private static final int ATTEMPTS = 3;
  private static final int SALT_BYTES = 32;
  private static final Logger log = LoggerFactory.getLogger(SessionRenewal.class);

  private final StripedLock locks = new StripedLock();
  private final SecureRandom secrets = new SecureRandom();
  private final Cassandra cassandra;
  private final Clock clock;
  private final TokenIssuer tokens;
  private final Sessions sessions;
  private final Usernames names;
  private final Cql select;
  private final Cql selectSerial;
  private final Cql rotate;

  public SessionRenewal(Cassandra cassandra, Clock clock, TokenIssuer tokens, Sessions sessions,
      Usernames names) {
    this.cassandra = cassandra;
    this.clock = clock;
    this.tokens = tokens;
    this.sessions = sessions;
    this.names = names;
    String row = "SELECT " + StoredSession.COLUMNS + " FROM sessions WHERE user_id = ? AND session_id = ?";
    this.select = cassandra.cql(row);
    this.selectSerial = cassandra.serialRead(row);
    // All columns are written, because a column that is left out would keep its old TTL and expire earlier.
    this.rotate = cassandra.conditional("UPDATE sessions USING TTL " + RefreshToken.LIFETIME.toSeconds()
        + " SET refresh_hash = ?, family_hash = ?, spent_hash = ?, successor_salt = ?, generation = ?,"
        + " device_name = ?, device_address = ?, created_at = ?, last_used_at = ?"
        + " WHERE user_id = ? AND session_id = ? IF refresh_hash = ?");
  }

  /**
   * Issues the session's next tokens.
   *
   * @throws Unauthenticated if the token does not renew anything, for whatever reason
   * @throws Unavailable     if the outcome is unknown; the client may send the same token again at once
   */
  public Login renew(RefreshToken token) {
    return locks.withLock(token.sessionId().toString(), () -> renewLocked(token));
  }

  private Login renewLocked(RefreshToken token) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    StoredSession stored = read(select, token);
    if (stored == null || !stored.isCurrent(token)) {
      stored = read(selectSerial, token); // a plain read may be stale, and must not end a session
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (stored == null || !stored.issued(token)) {
        throw RefreshToken.invalid();
      }
      Identity identity = identity(token);
      byte[] same = stored.successorSalt(token, now);
      if (same != null) {
        return login(identity, token.successor(same), now);
      }
      if (stored.isCurrent(token) || stored.mayReplaceSuccessor(token, now)) {
        byte[] salt = new byte[SALT_BYTES];
        secrets.nextBytes(salt);
        if (tryRotate(stored.row(), token, salt, now)) {
          return login(identity, token.successor(salt), now);
        }
      } else {
        sessions.end(token.userId(), token.sessionId());
        log.info("A refresh token was used a second time: its session has been ended.");
        throw RefreshToken.invalid();
      }
      stored = read(selectSerial, token);
    }
    throw new Unavailable("The session is being renewed by too many.");
  }

  private @Nullable StoredSession read(Cql statement, RefreshToken token) {
    Row row = cassandra.one(statement.bind(token.userId(), token.sessionId()));
    return row == null ? null : new StoredSession(row);
  }

  /** Whether this attempt has stored the successor. False if the outcome is unknown; the caller then reads the row. */
  private boolean tryRotate(Row row, RefreshToken token, byte[] salt, Instant now) {
    RefreshToken next = token.successor(salt);
    ByteBuffer spent = ByteBuffer.wrap(token.hash());
    try {
      Row outcome = cassandra.one(rotate.bindPresent(ByteBuffer.wrap(next.hash()),
          ByteBuffer.wrap(next.familyHash()), spent, ByteBuffer.wrap(salt), next.generation(),
          row.getString("device_name"), row.getString("device_address"), row.getInstant("created_at"), now,
          token.userId(), token.sessionId(), row.getByteBuffer("refresh_hash")));
      return outcome != null && outcome.getBoolean("[applied]");
    } catch (Unavailable unknown) {
      return false;
    }
  }

  private Identity identity(RefreshToken token) {
    UUID user = token.userId();
    String name = names.of(List.of(user)).get(user);
    if (name == null) {
      throw RefreshToken.invalid(); // the account was erased
    }
    return new Identity(user, name, token.sessionId());
  }

  /** Issues tokens as of the time before the first read, so that every later revocation covers them. */
  private Login login(Identity identity, RefreshToken next, Instant now) {
    return new Login(identity, tokens.issue(identity, now), next);
  }
}
