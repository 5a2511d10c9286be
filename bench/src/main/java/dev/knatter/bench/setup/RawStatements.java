package dev.knatter.bench.setup;

import java.time.Duration;

import dev.knatter.bench.sending.SendStatements;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import dev.knatter.shared.token.RefreshToken;

/** The statements of the product that are measured, word by word; a test holds them against its classes. */
public record RawStatements(Cql insertInbox, Cql updateActivity, Cql insertOutbox, Cql insertMessage,
    Cql selectPage,
    Cql selectSlices,
    Cql selectAccount, Cql insertSession, Cql selectSession, Cql rotate) {
  static final String SELECT_PAGE = "SELECT conversation_id, id, sender, recipient, content, content_type, reply_to,"
      + " key_id, edited_at, deleted_at, refers_to, version, reacted FROM timeline"
      + " WHERE conversation_id = ? AND slice = ? AND id > ? AND id <= ? LIMIT ?";
  static final String SELECT_SLICES = "SELECT slice FROM conversations WHERE conversation_id = ? AND slice < ? AND slice >= ?"
      + " LIMIT ?";
  static final String SELECT_ACCOUNT = "SELECT user_id, password_hash, created_at FROM accounts WHERE username = ?";
  /** With \1, as in class files, where the life of a refresh token is put in. */
  static final String INSERT_SESSION = "INSERT INTO sessions (user_id, session_id, refresh_hash, family_hash,"
      + " generation, device_name, device_address, created_at, last_used_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
      + " USING TTL \1 AND TIMESTAMP ?";
  static final String SELECT_SESSION = "SELECT refresh_hash, family_hash, spent_hash, successor_salt, generation,"
      + " device_name, device_address, created_at, last_used_at FROM sessions WHERE user_id = ? AND session_id = ?";
  static final String ROTATE = "UPDATE sessions USING TTL \1"
      + " SET refresh_hash = ?, family_hash = ?, spent_hash = ?, successor_salt = ?, generation = ?,"
      + " device_name = ?, device_address = ?, created_at = ?, last_used_at = ?"
      + " WHERE user_id = ? AND session_id = ? IF refresh_hash = ?";

  private static final long SLICE = Duration.ofDays(10).toMillis();
  private static final long TIMESTAMP_BEFORE_ID = Duration.ofMinutes(5).toMillis();

  public static RawStatements of(Cassandra cassandra) {
    return new RawStatements(cassandra.cql(SendStatements.INSERT_INBOX),
        cassandra.cql(SendStatements.UPDATE_ACTIVITY),
        cassandra.cql(SendStatements.INSERT_OUTBOX), cassandra.cql(SendStatements.INSERT_MESSAGE),
        cassandra.cql(SELECT_PAGE), cassandra.cql(SELECT_SLICES), cassandra.cql(SELECT_ACCOUNT),
        cassandra.cql(living(INSERT_SESSION)), cassandra.cql(SELECT_SESSION),
        cassandra.conditional(living(ROTATE)));
  }

  private static String living(String statement) {
    return statement.replace("\1", Long.toString(RefreshToken.LIFETIME.toSeconds()));
  }

  /** The slice of a conversation that was never busy. */
  public static long slice(long millis) {
    return Math.floorDiv(millis, SLICE) * SLICE;
  }

  /** The timestamp, in microseconds, of a message's row, and of a session's first one. */
  public static long timestamp(long idMillis) {
    return (idMillis - TIMESTAMP_BEFORE_ID) * 1_000;
  }
}
